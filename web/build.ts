import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync, type BuildOptions } from 'esbuild';
import { TERMINAL_EXAMPLES } from './examples.ts';
import { contentSecurityPolicy, headers, type Connections } from './headers.ts';

// `npm run build:web`: the page and the playground as static files. They ask /config.json where the API is.

const ROOT = join(import.meta.dirname, '..');
const SCHEMA_FILES = ['appsync.graphql', 'schema.graphql'];
const INPUTS = [
  ...SCHEMA_FILES,
  'web',
  'client',
  'functions/order/limits.ts',
  'functions/order/sameName.ts',
  'package-lock.json',
];

const COMMON: BuildOptions = {
  bundle: true,
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'error',
};

function build(output: string, connections: Connections): void {
  const marker = `${output}.sha256`;
  const inputs = hashInputs(connections);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === inputs && existsSync(output)) return;
  const draft = `${output}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, 'playground'), { recursive: true });
  buildFiles(draft, connections);
  // What was built before is served until here.
  rmSync(marker, { force: true });
  rmSync(output, { recursive: true, force: true });
  renameSync(draft, output);
  writeFileSync(marker, inputs);
}

function buildFiles(output: string, connections: Connections): void {
  buildPage(output);
  buildPlayground(join(output, 'playground'));
  for (const [folder, path] of [
    ['page', '/'],
    ['playground', '/playground'],
  ] as const) {
    const html = readFileSync(join(ROOT, 'web', folder, 'index.html'), 'utf8');
    writeFileSync(
      join(output, path, 'index.html'),
      withPolicy(html, contentSecurityPolicy(path, connections)),
    );
  }
  writeFileSync(join(output, 'examples.json'), `${JSON.stringify(TERMINAL_EXAMPLES, null, 2)}\n`);
  writeFileSync(join(output, 'headers.json'), `${JSON.stringify(headers(connections), null, 2)}\n`);
}

/** Not copyFile: the copy has the rights of a new file, whatever those of the source are. */
function copy(file: string, folder: string): void {
  writeFileSync(join(folder, basename(file)), readFileSync(join(ROOT, file)));
}

function buildPage(output: string): void {
  buildSync({
    ...COMMON,
    entryPoints: { app: join(ROOT, 'web/page/main.tsx') },
    outdir: output,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  buildSync({ ...COMMON, entryPoints: [join(ROOT, 'web/page/app.css')], outdir: output });
  copy('web/page/icon.svg', output);
}

/** GraphiQL and React come ready for script tags. */
const SCRIPTS = [
  'react/umd/react.production.min.js',
  'react-dom/umd/react-dom.production.min.js',
  'graphiql/graphiql.min.js',
  'graphiql/graphiql.min.css',
];

function buildPlayground(output: string): void {
  buildSync({
    ...COMMON,
    entryPoints: [join(ROOT, 'web/playground/playground.tsx'), join(ROOT, 'web/playground/playground.css')],
    outdir: output,
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  for (const file of SCRIPTS) copy(join('node_modules', file), output);
  // Both in one file: alone, the schema names scalars and directives that only AppSync knows.
  const schema = SCHEMA_FILES.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  writeFileSync(join(output, 'schema.graphql'), schema);
}

/** The same policy as in the header, for hosts of static files that send none. */
function withPolicy(html: string, policy: string): string {
  const inMeta = policy.replace(/;? ?frame-ancestors [^;]+/, '');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${inMeta}" />`;
  return html.replace('<meta charset="utf-8" />', `<meta charset="utf-8" />\n    ${meta}`);
}

function hashInputs(connections: Connections): string {
  const hash = createHash('sha256').update(JSON.stringify(connections));
  for (const file of INPUTS.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function filesOf(input: string): readonly string[] {
  if (/\.[a-z]+$/.test(input)) return [input];
  return readdirSync(join(ROOT, input), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .filter((file) => !file.startsWith('client/dist/'))
    .toSorted();
}

type Chosen = { readonly output: string; readonly connections: Connections };

/** Null: the words are wrong, and it has said so. */
function parseFlags(words: readonly string[]): Chosen | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        output: { type: 'string' },
        /** The address of an API on a custom domain. */
        api: { type: 'string' },
        /** Where people sign in, when that is not Cognito; once for each origin that it uses. */
        issuer: { type: 'string', multiple: true },
      },
    });
    const { api, issuer: issuers = [], output = join(ROOT, 'dist/web') } = values;
    const wrong = [...(api === undefined ? [] : [api]), ...issuers].find((each) => !isAddress(each));
    if (wrong === undefined) return { output: resolve(output), connections: { api, issuers } };
    console.error(
      `--api and --issuer must be addresses such as https://api.example.com/graphql; got ${wrong}`,
    );
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message.split('. ')[0]}; the options are --output, --api and --issuer.`);
  }
  return null;
}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const chosen = parseFlags(process.argv.slice(2));
try {
  if (chosen === null) process.exitCode = 1;
  else build(chosen.output, chosen.connections);
} catch (error) {
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1; // esbuild has printed the line and what is wrong with it
}
