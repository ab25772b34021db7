import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
// A package or a module of Node: what is no path from the root.
const INSTALLED =
  /^(?!(resolvers|functions|infra|commands|local|client|web|bench|test|schema\.generated)[/.])[@a-z]/;

/** The services of the local cloud. */
const SERVICES = readdirSync(join(ROOT, 'local/services'));

/** A service knows of another one its contract only: `sqs.ts`, and the errors that it throws. */
function mayImportOfService(name: string): readonly RegExp[] {
  return [
    new RegExp(`^local/services/${name}/`),
    /^local\/services\/(\w+)\/(\1|errors)\.ts$/,
    /^local\/(wire|ground)\//,
    INSTALLED,
  ];
}

/** What each folder may import, as CONTRIBUTING.md says: paths from the root, and names of packages. */
const MAY_IMPORT: Readonly<Record<string, readonly RegExp[]>> = {
  resolvers: [
    /^resolvers\//,
    /^functions\/order\/(limits|answer)\.ts$/,
    /^schema\.generated\.ts$/,
    /^@aws-appsync\/utils$/,
  ],
  'functions/order': [/^functions\/order\//, /^schema\.generated\.ts$/, /^node:crypto$/],
  'functions/aws': [
    /^functions\/(aws|order)\//,
    /^schema\.generated\.ts$/,
    /^node:/,
    /^@(aws-sdk|smithy|aws-crypto)\//,
  ],
  'functions/records': [
    /^functions\/(records|aws|order)\//,
    /^schema\.generated\.ts$/,
    /^node:timers\/promises$/,
  ],
  'functions/api': [/^functions\/(api|records|aws|order)\//, /^schema\.generated\.ts$/, /^node:crypto$/],
  'functions/steps': [/^functions\/(steps|records|aws|order|work)\//, /^schema\.generated\.ts$/],
  'functions/recovery': [/^functions\/(recovery|records|aws|order)\//, /^schema\.generated\.ts$/],
  infra: [/^infra\//, INSTALLED],
  commands: [/^(commands|client|infra\/checks|functions\/order)\//, /^infra\/settings\.ts$/, INSTALLED],
  local: [/^local\//, INSTALLED],
  'local/ground': [/^local\/ground\//, INSTALLED],
  'local/wire': [/^local\/(wire|ground)\//, INSTALLED],
  ...Object.fromEntries(SERVICES.map((name) => [`local/services/${name}`, mayImportOfService(name)])),
  'local/cloud': [/^local\/(cloud|services|wire|ground)\//, INSTALLED],
  'local/cli': [/^local\/(cli|cloud|wire|ground)\//, INSTALLED],
  'local/testing': [/^local\/(testing|ground)\//, INSTALLED],
  client: [/^client\//, /^node:/, /^(esbuild|react)$/],
  web: [/^(web|client)\//, /^functions\/order\/(limits|sameName)\.ts$/, /^schema\.generated\.ts$/, INSTALLED],
  bench: [/^(bench|client)\//, INSTALLED],
};

const ALL = '{resolvers,functions,infra,local,client,web,bench,test}';

function filesIn(folder: string): readonly string[] {
  return globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT, exclude: (path) => path.includes('node_modules') });
}

/** The imports of a file, those of types too: other files by their path from the root, packages by their name. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), name)) : name,
  );
}

describe('the walls between the folders', () => {
  test.each(Object.entries(MAY_IMPORT))('%s imports only what CONTRIBUTING.md allows', (folder, allowed) => {
    const files = filesIn(folder);

    const forbidden = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => !allowed.some((rule) => rule.test(name)))
        .map((name) => `${file} imports ${name}`),
    );

    expect(files.length).toBeGreaterThan(0);
    expect(forbidden).toEqual([]);
  });

  test('no files import each other in a circle, imports of types counted', () => {
    const files = filesIn(ALL);

    const circles = circlesOf(new Map(files.map((file) => [file, importsOf(file)])));

    expect(files.length).toBeGreaterThan(700);
    expect(circles).toEqual([]);
  });
});

/** The override of the lint configuration that lets functions be long; the rest of the file is checked by the linter. */
function exemptFromFunctionSize(): readonly string[] {
  const text = readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8').replaceAll(/^\s*\/\/.*$/gm, '');
  const { overrides }: { overrides: readonly { files: string[]; rules: Record<string, unknown> }[] } =
    JSON.parse(text);
  return overrides
    .filter(({ rules }) => rules['max-lines-per-function'] === 'off')
    .flatMap(({ files }) => globSync(files, { cwd: ROOT }))
    .filter((file) => !/^local\/test(\/|$)/.test(file));
}

test('at most five files of local/, client/ and web/ may hold a function of more than 60 lines', () => {
  const files = exemptFromFunctionSize();

  expect(files.length).toBeGreaterThan(0);
  expect(files.length).toBeLessThanOrEqual(5);
});

/** Every way that leads back to where it began, each once. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' > '));
    if (done.has(file)) return;
    done.add(file);
    for (const next of imports.get(file) ?? []) if (imports.has(next)) visit(next, [...way, file]);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}
