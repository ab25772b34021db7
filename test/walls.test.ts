import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
// A package or a module of Node: what is no path from the root.
const INSTALLED = /^(?!(resolvers|functions|infra|local|client|web|bench|test|schema\.generated)[/.])[@a-z]/;

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
  'local/{cli,cloud,services,wire,ground}': [/^local\//, INSTALLED],
  client: [/^client\//, /^schema\.generated\.ts$/, /^node:/, /^esbuild$/],
  web: [/^(web|client)\//, /^functions\/order\/limits\.ts$/, /^schema\.generated\.ts$/, INSTALLED],
  bench: [/^(bench|client)\//, INSTALLED],
};

/** The imports of a file: other files by their path from the root, packages by their name. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), name)) : name,
  );
}

describe('the walls between the folders', () => {
  test.each(Object.entries(MAY_IMPORT))('%s imports only what CONTRIBUTING.md allows', (folder, allowed) => {
    const files = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT });

    const forbidden = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => !allowed.some((rule) => rule.test(name)))
        .map((name) => `${file} imports ${name}`),
    );

    expect(files.length).toBeGreaterThan(0);
    expect(forbidden).toEqual([]);
  });
});
