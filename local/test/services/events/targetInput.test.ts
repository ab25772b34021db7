import { expect, test } from 'vitest';
import type { TargetInput } from '../../../services/events/events.ts';
import { ruleTo, runEvents, SECOND } from './runEvents.ts';

const EVENT = {
  source: 'aws.s3',
  detailType: 'Object Created',
  resources: ['arn:aws:s3:::orders'],
  detail: {
    id: 'a "b"',
    size: 5,
    tags: [{ name: 'x' }, { name: 'y' }],
    gone: null,
    list: ['new', 2, true],
    numbers: [1, 2],
    empty: {},
    quoted: { a: 'say "hi"' },
  },
};

function manyPaths(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, '$.id']));
}

async function inputFor(input: TargetInput): Promise<unknown> {
  const { events, sent, pass } = runEvents();
  events.define(ruleTo({ input }));
  events.emit(EVENT);
  await pass(SECOND);
  return sent[0]?.body;
}

test('a target may get a text instead of the event', async () => {
  expect(await inputFor({ kind: 'constant', text: '{"hello": [1]}' })).toEqual({ hello: [1] });
});

test.each([
  ['$', expect.objectContaining({ 'detail-type': 'Object Created', detail: EVENT.detail })],
  ['$.detail', EVENT.detail],
  ['$.detail-type', 'Object Created'],
  ['$.resources[0]', 'arn:aws:s3:::orders'],
  ['$.detail.tags[*].name', ['x', 'y']],
  ['$.detail.tags[1].name', 'y'],
  ['$.detail.constructor', null],
])('a target may get the place %s of the event', async (path, got) => {
  expect(await inputFor({ kind: 'path', path })).toEqual(got);
});

test.each([
  ['{"order": <id>, "size": <size>}', { order: 'a "b"', size: 5 }],
  ['{"text": "Order <id> of <size> bytes"}', { text: 'Order a "b" of 5 bytes' }],
  ['"Sold <tags> as <size>"', 'Sold [{name:x},{name:y}] as 5'],
  ['"<list> and <empty>"', '[new,2,true] and {}'],
  ['"<quoted>"', '{a:say hi}'],
  ['{"text": "<numbers> <empty>"}', { text: '[1,2] {}' }],
  ['[<list>, "<size>"]', [['new', 2, true], '5']],
  ['"Order <id>"', 'Order a "b"'],
  ['{"tags": <tags>, "none": <none>, "in": "<none>"}', { tags: EVENT.detail.tags, none: '', in: '' }],
  [
    '{"rule": <aws.events.rule-name>, "arn": "<aws.events.rule-arn>"}',
    {
      rule: 'decided',
      arn: 'arn:aws:events:us-east-1:111111111111:rule/decided',
    },
  ],
  ['{"a < b": "\\"<size>"}', { 'a < b': '"5' }],
])('a target may get the template %s, filled', async (template, got) => {
  const names = ['id', 'size', 'tags', 'none', 'list', 'empty', 'numbers', 'quoted'];
  const paths = Object.fromEntries(names.map((name) => [name, `$.detail.${name}`]));

  expect(await inputFor({ kind: 'template', paths, template })).toEqual(got);
});

test.each([
  '{"note":"<tags>"}',
  '{"note":"all of <list>"}',
  '["<quoted>"]',
  '{"event":"<aws.events.event>"}',
])(
  'an object or a list with texts breaks the quoted member %s: nothing is delivered, and the terminal says so',
  async (template) => {
    const { events, sent, lines, pass } = runEvents();
    const paths = { tags: '$.detail.tags', list: '$.detail.list', quoted: '$.detail.quoted' };
    events.define(ruleTo({ input: { kind: 'template', paths, template } }));

    events.emit(EVENT);
    await pass(SECOND);
    await pass(3600 * SECOND);

    expect(sent).toEqual([]);
    expect(lines).toEqual([
      expect.stringContaining(
        'The InputTemplate of the rule decided did not make JSON for the target target',
      ),
    ]);
  },
);

test('a template may hold the whole event, with its detail or without', async () => {
  const template = '{"all": <aws.events.event.json>, "head": <aws.events.event>}';

  const got = await inputFor({ kind: 'template', paths: {}, template });

  expect(got).toMatchObject({ all: { source: 'aws.s3', detail: EVENT.detail }, head: { source: 'aws.s3' } });
  expect(got).toHaveProperty('head.detailType', 'Object Created');
  expect(got).not.toHaveProperty('head.detail');
  expect(got).not.toHaveProperty(['head', 'detail-type']);
});

test('a template may tell when the bus got the event, whatever time the event names', async () => {
  const { events, sent, pass } = runEvents();
  const template = '{"time": <time>, "got": <aws.events.event.ingestion-time>}';
  events.define(ruleTo({ input: { kind: 'template', paths: { time: '$.time' }, template } }));

  events.emit({ ...EVENT, time: 0 });
  await pass(SECOND);

  expect(sent[0]?.body).toEqual({
    time: '1970-01-01T00:00:00Z',
    got: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
});

test.each<[TargetInput, string]>([
  [
    { kind: 'constant', text: `"${'x'.repeat(8191)}"` },
    'an Input of 8193 characters: EventBridge takes 8192',
  ],
  [
    { kind: 'template', paths: {}, template: `"${'x'.repeat(8191)}"` },
    'an InputTemplate of 8193 characters: EventBridge takes 8192',
  ],
  [
    { kind: 'template', paths: { 'aws.x': '$.id' }, template: '<aws.x>' },
    'an InputPathsMap with aws.x: names that begin with aws are reserved',
  ],
  [
    { kind: 'template', paths: manyPaths(101), template: '<p1>' },
    'an InputPathsMap of 101 paths: EventBridge takes 100',
  ],
  [{ kind: 'constant', text: 'hello' }, 'The rule decided has a target whose Input is not valid JSON: hello'],
  [{ kind: 'path', path: '$..a' }, 'The rule decided has the path $..a:'],
  [{ kind: 'template', paths: { a: 'detail' }, template: '<a>' }, 'The rule decided has the path detail:'],
  [{ kind: 'template', paths: {}, template: '{"a": <b>}' }, 'InputTemplate with <b>'],
  [{ kind: 'template', paths: {}, template: '{a}' }, 'InputTemplate that does not make JSON: {a}'],
])('an input that EventBridge would refuse stops the start: %j', (input, message) => {
  const { events } = runEvents();

  expect(() => events.define(ruleTo({ input }))).toThrow(message);
});

test('the dead-letter queue gets the event as it was', async () => {
  const { events, sent, pass, failWith } = runEvents();
  failWith(new Error('no'));
  events.define(ruleTo({ input: { kind: 'constant', text: '1' }, maximumRetryAttempts: 0 }));

  events.emit(EVENT);
  await pass(SECOND);

  expect(sent).toMatchObject([{ body: { detail: EVENT.detail } }]);
});
