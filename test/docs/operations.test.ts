import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

test('the operations page says for every alarm what to do', () => {
  const alarms = [...read('infra/watch/alarms.ts').matchAll(/^ {2}(\w+): \{$/gm)].map(([, name]) => name);
  const rows = [...read('docs/operations.md').matchAll(/^\| `(\w+)` +\| [^|]+ \| [^|]+ \|$/gm)].map(
    ([, name]) => name,
  );

  expect(alarms.length).toBeGreaterThan(10);
  expect(rows).toEqual(alarms);
});

describe('the deployment from GitHub', () => {
  const workflow = read('.github/workflows/deploy.yml');
  const page = read('docs/operations.md');

  test('runs for the environment that the trust policy of the page names, and for the audience of AWS', () => {
    const byDefault = /environment:\n(?: +.+\n)*? +default: (\w+)/.exec(workflow)?.[1];

    expect(page).toContain(`:sub": "repo:OWNER/REPOSITORY:environment:${byDefault}"`);
    expect(page).toContain('token.actions.githubusercontent.com:aud": "sts.amazonaws.com"');
    expect(workflow).toMatch(/^ {4}environment: \$\{\{ inputs\.environment \}\}$/m);
  });

  test('may ask for a token in one job alone, which waits for the gate and installs before it has one', () => {
    expect(workflow.match(/id-token: write/g)).toHaveLength(1);
    expect(workflow).toMatch(
      /deploy:\n {4}needs: gate\n {4}permissions:\n {6}contents: read\n {6}id-token: write/,
    );
    expect(workflow.indexOf('npm ci')).toBeLessThan(workflow.indexOf('configure-aws-credentials'));
    expect(workflow).not.toMatch(/secrets\.|access-key/);
  });

  test.each(['deploy.yml', 'gate.yml'])(
    '%s names every action by its commit, and runs no text of a person',
    (name) => {
      const text = read(`.github/workflows/${name}`);
      const used = [...text.matchAll(/uses: (?!\.\/)(\S+)/g)].map(([, action]) => action);

      expect(used.length).toBeGreaterThan(1);
      expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(String(action)))).toEqual([]);
      const commands = [...text.matchAll(/run: (?:\|\n(?: {10}.*\n)+|.*\n)/g)].join('');
      expect(commands).toContain('npm ci');
      expect(commands).not.toContain('${{');
    },
  );
});
