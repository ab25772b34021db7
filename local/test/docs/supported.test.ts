import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildASTSchema, parse } from 'graphql';
import { AUTH_MODES } from '../../services/appsync/appsync.ts';
import { RULE_NAMES } from '../../services/appsync/javascript/code.ts';
import { NOT_LOCAL, UTILITIES, type Utilities } from '../../services/appsync/javascript/utilities.ts';
import { OPERATORS } from '../../services/appsync/filters/filter.ts';
import * as limits from '../../services/appsync/limits.ts';
import { SERVER_MESSAGES } from '../../services/appsync/realtime/frames.ts';
import { CLIENT_MESSAGES } from '../../services/appsync/realtime/parseClientMessage.ts';
import { PRELUDE } from '../../services/appsync/schema/prelude.ts';
import { EVENTS_ACTIONS } from '../../services/events/wire/handleEvents.ts';
import { IDENTITIES } from '../../cloud/assembly/identity.ts';
import { PROPERTIES } from '../../cloud/provision/properties.ts';
import { S3_OPERATIONS } from '../../services/s3/operations.ts';
import { SQS_OPERATIONS } from '../../services/sqs/operations.ts';
import { STS_OPERATIONS } from '../../services/sts/operations.ts';
import { ACTIONS } from '../../services/stepFunctions/actions/actions.ts';
import { STATE_FIELDS } from '../../services/stepFunctions/definition/stateFields.ts';
import { valueOf } from '../services/appsync/javascript/runHandler.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/supported.md'), 'utf8');

/** The part of the page below a heading. */
function section(title: string): string {
  const [, text = ''] = PAGE.split(`## ${title}\n`);
  return text.split('\n## ')[0] ?? '';
}

type Listed = { readonly has: readonly string[]; readonly hasNot: readonly string[] };

/** The names of a section: those of its lines, such as "As on AWS: `a`, `b`.", and those in its tables' first column. */
function listed(title: string): Listed {
  const lines = section(title)
    .split('\n\n')
    .flatMap((paragraph) => {
      const [, word, names] =
        /^(As on AWS|Accepted, without a local effect|Not supported)[^:]*:\s(.*)$/s.exec(paragraph.trim()) ??
        [];
      return namesIn(names?.replaceAll(/\(.*?\)/gs, '')).map(
        (name) => [name, word !== 'Not supported'] as const,
      );
    });
  const rows = [...section(title).matchAll(/^\| (`.*?)\s*\| (yes|no|differs)\s*\|/gm)].flatMap(
    ([, names, word]) => namesIn(names).map((name) => [name, word !== 'no'] as const),
  );
  const all = [...lines, ...rows];
  return {
    has: all.flatMap(([name, isThere]) => (isThere ? [name] : [])),
    hasNot: all.flatMap(([name, isThere]) => (isThere ? [] : [name])),
  };
}

const namesIn = (text = ''): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const prelude = buildASTSchema(parse(`${PRELUDE} type Query { nothing: String }`));
const scalars = Object.keys(prelude.getTypeMap()).filter((name) => name.startsWith('AWS'));
const directives = prelude.getDirectives().map(({ name }) => `@${name}`);

test('docs/supported.md lists exactly the properties that the code accepts without an effect', () => {
  const items = section('Properties without a local effect').split(/^- /m).slice(1).map(namesIn);
  const inPage = Object.fromEntries(items.map(([type = '', ...names]) => [type, names]));
  const inCode = Object.entries(PROPERTIES)
    .map(([type, { ignored }]) => [type, ignored] as const)
    .filter(([, ignored]) => ignored.length > 0);

  expect(inPage).toEqual(Object.fromEntries(inCode));
});

test.each([
  ['Template resources', Object.keys(IDENTITIES)],
  ['Step Functions actions', Object.keys(ACTIONS)],
  ['S3 operations', Object.keys(S3_OPERATIONS)],
  ['SQS operations', Object.keys(SQS_OPERATIONS)],
  ['STS operations', Object.keys(STS_OPERATIONS)],
  ['EventBridge operations', Object.keys(EVENTS_ACTIONS)],
  ['APPSYNC_JS language', [...RULE_NAMES]],
  ['AppSync authorisation', [...AUTH_MODES]],
  ['AppSync directives', directives.filter((name) => name.startsWith('@aws_'))],
  ['AppSync scalars', scalars],
  ['AppSync realtime messages', [...CLIENT_MESSAGES, ...SERVER_MESSAGES]],
  ['Subscription filter operators', [...OPERATORS]],
])('docs/supported.md lists under "%s" exactly what the code has', (section, names) => {
  const { has, hasNot } = listed(section);

  expect(has.toSorted()).toEqual(names.toSorted());
  expect(hasNot.filter((name) => names.includes(name))).toEqual([]);
});

function pathsOf(tree: Utilities, prefix = ''): readonly string[] {
  return Object.entries(tree).flatMap(([name, below]) =>
    below === true ? [prefix + name] : pathsOf(below, `${prefix}${name}.`),
  );
}

test('docs/supported.md lists exactly what a resolver is given', async () => {
  const given =
    await valueOf(`Object.entries({ util, extensions, runtime, console }).flatMap(([name, parts]) =>
    Object.entries(parts).flatMap(([part, value]) => typeof value === 'function'
      ? [name + '.' + part]
      : Object.keys(value).map((inner) => name + '.' + part + '.' + inner))).sort()`);

  expect(listed('APPSYNC_JS functions').has.toSorted()).toEqual(given);
  expect(pathsOf(UTILITIES).toSorted()).toEqual(given);
  expect(listed('APPSYNC_JS functions').hasNot.toSorted()).toEqual([...NOT_LOCAL].toSorted());
});

test('docs/supported.md has every field of every state in its matrix, and no other', () => {
  const [head = [], , ...rows] = [...section('State fields').matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) =>
    row.split('|').map((cell) => cell.trim()),
  );
  const cells = rows.flatMap(([field = '', ...row]) =>
    row.map((word, column) => ({ type: head[column + 1] ?? '', field: field.replaceAll('`', ''), word })),
  );

  const has = Object.fromEntries(
    head
      .slice(1)
      .map((type) => [
        type,
        cells
          .filter((cell) => cell.type === type && /^(yes|differs)$/.test(cell.word))
          .map(({ field }) => field),
      ]),
  );

  expect(sorted(has)).toEqual(sorted(STATE_FIELDS));
  expect(new Set(cells.map(({ word }) => word))).toEqual(new Set(['yes', 'differs', 'no', '']));
});

const sorted = (fields: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(fields).map(([type, names]) => [type, names.toSorted()]));

test('docs/supported.md gives every limit of AppSync as it stands in the code', () => {
  const rows = section('AppSync limits').matchAll(/^\| `(\w+)`\s*\| ([\d,]+)\s*\|/gm);

  const values = Object.fromEntries(
    [...rows].map(([, name, text = '']) => [name, Number(text.replaceAll(',', ''))]),
  );

  expect(values).toEqual({ ...limits });
});
