import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync, type BuildOptions } from 'esbuild';

// `npm run build:client`: what the package exports, as ES modules with their types, and the schema files.

const ROOT = join(import.meta.dirname, '..');
const SCHEMA_FILES = ['schema.graphql', 'appsync.graphql'];
const IMPORT = /(from '(\.[^']+))\.ts'/g;
/** Members that never leave the client: their names are shortened, which its users' bundlers cannot do. */
const INNER_MEMBERS =
  'ask catchingUp changed closed credential currentState document end environment expires expiresAt fail failed field follow forget ' +
  'frame gaps hasGap hasRoom isOver isReady isRunning iterator learn look missed open overflowed realtime remove resync ' +
  'selection start stop stopAll subscriptions update wake';
const INNER_MEMBER = `(?:${INNER_MEMBERS.replaceAll(' ', '|')})`;

/** Node prints the whole line that threw an uncaught error. A line break costs a byte or two of the 6 KB. */
const LINE_CHARACTERS = 520;

const { values } = parseArgs({ options: { output: { type: 'string' } } });
const output = resolve(values.output ?? join(import.meta.dirname, 'dist'));

rmSync(output, { recursive: true, force: true });
bundle('countersign.ts', { mangleProps: new RegExp(`^${INNER_MEMBER}$`) });
bundle('react.ts', { external: ['react'] });
for (const file of SCHEMA_FILES) copyFileSync(join(ROOT, file), join(output, file));
const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
const words = [tsc, '--project', join(import.meta.dirname, 'tsconfig.json'), '--outDir', output];
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
keepTypesOf(['countersign.d.ts', 'react.d.ts']);
process.exit(status ?? 1);

function bundle(entry: string, options: BuildOptions): void {
  buildSync({
    entryPoints: [join(import.meta.dirname, entry)],
    outdir: output,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    lineLimit: LINE_CHARACTERS,
    ...options,
  });
}

/** The compiler writes types for every source; only those that the entries need stay. */
function keepTypesOf(entries: readonly string[]): void {
  const needed = new Set(entries);
  for (const file of needed) {
    for (const [, , name = ''] of readFileSync(join(output, file), 'utf8').matchAll(IMPORT)) {
      needed.add(join(dirname(file), `${name}.d.ts`));
    }
  }
  for (const file of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    if (needed.has(file)) importJavaScript(join(output, file));
    else rmSync(join(output, file));
  }
}

/** The sources import each other as `.ts`, which only they may. */
function importJavaScript(file: string): void {
  const text = readFileSync(file, 'utf8');
  const [promised] = new RegExp(`\\breadonly ${INNER_MEMBER}\\b`).exec(text) ?? [];
  if (promised !== undefined) throw new Error(`${file} promises "${promised}", which the build shortens.`);
  writeFileSync(file, text.replaceAll(IMPORT, "$1.js'"));
}
