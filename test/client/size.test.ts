import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const MAX_BYTES = 6144;

it('is at most 6 KB minified and gzipped, with no dependency', async () => {
  const result = await build({
    entryPoints: ['client/countersign.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
  });
  const [file] = result.outputFiles;

  expect(gzipSync(file?.contents ?? '').byteLength).toBeLessThanOrEqual(MAX_BYTES);
  expect(Object.keys(result.metafile.inputs).filter((input) => !input.startsWith('client/'))).toEqual([]);
});
