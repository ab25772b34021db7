import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';

// `npm run build:client`: what the package exports, as ES modules with their types, and the schema files.

const ROOT = join(import.meta.dirname, '..');
const ENTRIES = ['countersign.ts'];
const SCHEMA_FILES = ['schema.graphql', 'appsync.graphql'];
const IMPORT = /(from '(\.[^']+))\.ts'/g;

const { values } = parseArgs({ options: { output: { type: 'string' } } });
const output = resolve(values.output ?? join(import.meta.dirname, 'dist'));

rmSync(output, { recursive: true, force: true });
buildSync({
  entryPoints: ENTRIES.map((entry) => join(import.meta.dirname, entry)),
  outdir: output,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  // Names stay as they are, for stack traces: the bundler of the program shortens them.
  minifySyntax: true,
  minifyWhitespace: true,
});
for (const file of SCHEMA_FILES) copyFileSync(join(ROOT, file), join(output, file));
const { status } = spawnSync(
  process.execPath,
  [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '--project',
    join(import.meta.dirname, 'tsconfig.json'),
    '--outDir',
    output,
  ],
  { stdio: 'inherit' },
);
const reached = reachableTypes(ENTRIES.map((entry) => entry.replace('.ts', '.d.ts')));
for (const file of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.d.ts')) continue;
  if (reached.has(file)) importJavaScript(join(output, file));
  else rmSync(join(output, file));
}
for (const folder of readdirSync(output, { withFileTypes: true })) {
  const path = join(output, folder.name);
  if (folder.isDirectory() && readdirSync(path).length === 0) rmSync(path, { recursive: true });
}
process.exit(status ?? 1);

/** The type files that the entries need; the compiler writes one for every source. */
function reachableTypes(entries: readonly string[]): ReadonlySet<string> {
  const found = new Set(entries);
  for (const file of found) {
    for (const [, , name = ''] of readFileSync(join(output, file), 'utf8').matchAll(IMPORT)) {
      found.add(join(dirname(file), `${name}.d.ts`));
    }
  }
  return found;
}

/** The sources import each other as `.ts`, which only they may. */
function importJavaScript(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(IMPORT, "$1.js'"));
}
