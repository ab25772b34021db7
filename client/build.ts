import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';

// `npm run build:client`: what the package exports as ./client, one ESM file and its types.

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { output: { type: 'string' } } });
const OUTPUT = resolve(values.output ?? join(ROOT, 'dist/client'));

rmSync(OUTPUT, { recursive: true, force: true });
buildSync({
  entryPoints: [join(ROOT, 'client/createClient.ts')],
  outfile: join(OUTPUT, 'createClient.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
});
const words = ['--project', join(ROOT, 'client/tsconfig.json'), '--outDir', OUTPUT];
const { status } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), words, { stdio: 'inherit' });
for (const file of readdirSync(OUTPUT, { recursive: true, encoding: 'utf8' })) {
  if (file.endsWith('.d.ts')) importJavaScript(join(OUTPUT, file));
}
process.exit(status ?? 1);

/** The sources import each other as `.ts`, which only they may. */
function importJavaScript(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'"));
}
