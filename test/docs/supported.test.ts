import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OPERATORS } from '../../local/appsync/filters/filter.ts';
import { IDENTITIES } from '../../local/assembly/identity.ts';
import { S3_OPERATIONS } from '../../local/s3/operations.ts';
import { SQS_OPERATIONS } from '../../local/sqs/operations.ts';
import { ACTIONS } from '../../local/stepFunctions/actions/actions.ts';
import { STATE_FIELDS } from '../../local/stepFunctions/definition/fields.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/supported.md'), 'utf8');

function listed(section: string): { readonly has: readonly string[]; readonly hasNot: readonly string[] } {
  const [, text = ''] = PAGE.split(`## ${section}\n`);
  const rows = [...(text.split('\n## ')[0] ?? '').matchAll(/^\| `([^`]+)`\s*\| (yes|no|differs)\s*\|/gm)];
  return {
    has: rows.filter(([, , word]) => word !== 'no').map(([, name = '']) => name),
    hasNot: rows.filter(([, , word]) => word === 'no').map(([, name = '']) => name),
  };
}

const stateFields = Object.entries(STATE_FIELDS).flatMap(([type, fields]) =>
  fields.map((field) => `${type}.${field}`),
);

test.each([
  ['Template resources', Object.keys(IDENTITIES)],
  ['Step Functions actions', Object.keys(ACTIONS)],
  ['State fields', stateFields],
  ['S3 operations', Object.keys(S3_OPERATIONS)],
  ['SQS operations', Object.keys(SQS_OPERATIONS)],
  ['Subscription filter operators', [...OPERATORS]],
])('docs/supported.md lists under "%s" exactly what the code has', (section, names) => {
  const { has, hasNot } = listed(section);

  expect(has.toSorted()).toEqual(names.toSorted());
  expect(hasNot.filter((name) => names.includes(name))).toEqual([]);
});
