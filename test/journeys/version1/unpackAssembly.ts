import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** The cloud assembly of version 1, as it was synthesized (paths and texts as JSON, in Brotli), in a folder of its own. */
export function unpackAssembly(): string {
  const packed = readFileSync(join(import.meta.dirname, 'assembly.json.br'));
  const files: Readonly<Record<string, string>> = JSON.parse(brotliDecompressSync(packed).toString('utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'countersign-version1-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
