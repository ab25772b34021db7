import { expect, test } from 'vitest';
import { ruleTo, runEvents, SECOND } from './runEvents.ts';

const ORDERED = { Source: 'shop', DetailType: 'Ordered', Detail: '{"id":1}', Resources: ['chair'] };

function listen() {
  const running = runEvents();
  running.events.define(ruleTo({}, { pattern: { source: ['shop'] } }));
  const ask = async (body: string, target = 'AWSEvents.PutEvents', accessKeyId: string | null = 'AKIA') => {
    const headers = { 'x-amz-target': target };
    const request = { method: 'POST', path: '/', query: '', headers, remoteAddress: '127.0.0.1' };
    const answer = await running.events.handle({ ...request, body: Buffer.from(body), accessKeyId });
    return { ...answer, json: JSON.parse(String(answer.body)) };
  };
  const put = (...entries: readonly object[]) => ask(JSON.stringify({ Entries: entries }));
  return { ...running, ask, put };
}

test("an application's own event reaches the rules that want it", async () => {
  const { put, sent, pass } = listen();

  const answer = await put({ ...ORDERED, Time: 1_700_000_000, EventBusName: 'default' });
  await pass(SECOND);

  expect(answer).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    json: { FailedEntryCount: 0, Entries: [{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) }] },
  });
  expect(sent).toMatchObject([
    {
      body: {
        id: answer.json.Entries[0].EventId,
        source: 'shop',
        'detail-type': 'Ordered',
        time: '2023-11-14T22:13:20Z',
        resources: ['chair'],
        detail: { id: 1 },
      },
    },
  ]);
});

test.each([
  [
    { ...ORDERED, Source: '' },
    'InvalidArgument',
    'Parameter Source is not valid. Reason: Source is a required',
  ],
  [{ ...ORDERED, DetailType: undefined }, 'InvalidArgument', 'Parameter DetailType is not valid.'],
  [{ ...ORDERED, Detail: undefined }, 'InvalidArgument', 'Parameter Detail is not valid.'],
  [{ ...ORDERED, Detail: 'no' }, 'MalformedDetail', 'Detail is malformed.'],
  [{ ...ORDERED, Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
  [{ ...ORDERED, Source: 'aws.s3' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
  [{ ...ORDERED, EventBusName: 'mine' }, 'InvalidArgument', 'only the event bus default; got mine'],
])('an entry that is not valid is refused, and the others are taken: %j', async (entry, code, message) => {
  const { put, sent, pass } = listen();

  const { json } = await put(entry, ORDERED);
  await pass(SECOND);

  expect(json).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: code }, {}] });
  expect(json.Entries[0].ErrorMessage).toContain(message);
  expect(sent).toHaveLength(1);
});

test.each([
  [
    '{"Entries": []}',
    'ValidationException',
    "Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    JSON.stringify({ Entries: Array.from({ length: 11 }, () => ({})) }),
    'ValidationException',
    "at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10",
  ],
  [
    '{}',
    'ValidationException',
    "Value null at 'entries' failed to satisfy constraint: Member must not be null",
  ],
  [
    JSON.stringify({ Entries: [ORDERED], EndpointId: 'abcde.veo' }),
    'ValidationException',
    'no global endpoint',
  ],
  [
    JSON.stringify({ Entries: [{ Detail: 'x'.repeat(1_048_576) }] }),
    'ValidationException',
    'Total size of the entries in the request is over the limit.',
  ],
  ['[]', 'SerializationException', 'is not a JSON object'],
  ['no', 'SerializationException', 'is not a JSON object'],
  ['{"Entries": {}}', 'SerializationException', 'Entries'],
  ['{"Entries": ["no"]}', 'SerializationException', 'Entries[0]'],
  [
    JSON.stringify({ Entries: [ORDERED, { ...ORDERED, Detail: { id: 1 } }] }),
    'SerializationException',
    'Entries[1].Detail',
  ],
  [JSON.stringify({ Entries: [{ ...ORDERED, Source: 5 }] }), 'SerializationException', 'Entries[0].Source'],
  [
    JSON.stringify({ Entries: [{ ...ORDERED, Resources: [5] }] }),
    'SerializationException',
    'Entries[0].Resources',
  ],
  [
    JSON.stringify({ Entries: [{ ...ORDERED, Resources: 'a' }] }),
    'SerializationException',
    'Entries[0].Resources',
  ],
])('a request that is not valid is refused as a whole', async (body, type, message) => {
  const { ask, sent, pass } = listen();

  const { status, json } = await ask(body);
  await pass(SECOND);

  expect({ status, type: json.__type, sent }).toEqual({ status: 400, type, sent: [] });
  expect(json.message).toContain(message);
});

test('an operation that is not there is refused by its name', async () => {
  const { ask } = listen();

  expect(await ask('{}', 'AWSEvents.PutRule')).toMatchObject({
    status: 400,
    json: { __type: 'UnknownOperationException', message: expect.stringContaining('PutRule') },
  });
});

test('a detail that is nested without end is refused', async () => {
  const { put } = listen();
  const nested = (depth: number) => ({
    ...ORDERED,
    Detail: `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`,
  });

  const { json } = await put(nested(999), nested(1000), nested(100_000));

  const refused = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  expect(json.Entries).toEqual([{ EventId: expect.any(String) }, refused, refused]);
});

test('an event may be nearly a megabyte large', async () => {
  const { put, sent, pass } = listen();

  await put({ ...ORDERED, Detail: JSON.stringify({ text: 'x'.repeat(1_000_000) }) });
  await pass(SECOND);

  expect(sent).toHaveLength(1);
});

test('the numbers of an event keep all their digits, and white space goes', async () => {
  const { put, texts, pass } = listen();

  await put({ ...ORDERED, Detail: '{ "id": 12345678901234567890,\n "text": "a \\" b" }' });
  await pass(SECOND);

  expect(texts[0]).toMatch(/"detail":\{"id":12345678901234567890,"text":"a \\" b"\}\}$/);
});

test('an unsigned request is refused', async () => {
  const { ask } = listen();

  expect(await ask('{}', 'AWSEvents.PutEvents', null)).toMatchObject({
    status: 400,
    json: { __type: 'AccessDeniedException' },
  });
});

test('a time that is none is taken for now', async () => {
  const { put, sent, pass } = listen();

  await put({ ...ORDERED, Time: 1e30 });
  await pass(SECOND);

  expect(sent).toMatchObject([{ body: { time: expect.stringMatching(/^20\d\d-/) } }]);
});
