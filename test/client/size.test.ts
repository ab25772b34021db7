import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';

const BUILD = join(import.meta.dirname, '../../client/build.ts');
const MAX_BYTES = 6144;

test('the client is at most 6 KB gzipped, with no dependency', () => {
  const output = temporaryFolder();

  execFileSync(process.execPath, [BUILD, '--output', output]);
  const text = readFileSync(join(output, 'countersign.js'), 'utf8');

  expect(gzipSync(text).byteLength).toBeLessThanOrEqual(MAX_BYTES);
  expect(text).not.toMatch(/\bimport\b/);
});
