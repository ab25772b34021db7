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
  [
    { ...ORDERED, Source: 'aws.s3' },
    'NotAuthorizedForSourceException',
    'Not authorized for the source aws.s3.',
  ],
  [{ ...ORDERED, EventBusName: 'mine' }, 'InvalidArgument', 'the event bus default, and not mine'],
])('an entry that is not valid is refused, and the others are taken: %j', async (entry, code, message) => {
  const { put, sent, pass } = listen();

  const { json } = await put(entry, ORDERED);
  await pass(SECOND);

  expect(json).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: code }, {}] });
  expect(json.Entries[0].ErrorMessage).toContain(message);
  expect(sent).toHaveLength(1);
});

test.each([
  ['{"Entries": []}', 'AWSEvents.PutEvents', 'ValidationException'],
  [
    JSON.stringify({ Entries: Array.from({ length: 11 }, () => ORDERED) }),
    'AWSEvents.PutEvents',
    'ValidationException',
  ],
  ['{}', 'AWSEvents.PutEvents', 'ValidationException'],
  ['[]', 'AWSEvents.PutEvents', 'SerializationException'],
  ['no', 'AWSEvents.PutEvents', 'SerializationException'],
  [
    JSON.stringify({ Entries: [{ Detail: 'x'.repeat(262_144) }] }),
    'AWSEvents.PutEvents',
    'ValidationException',
  ],
  ['{}', 'AWSEvents.PutRule', 'UnknownOperationException'],
])('a request that is not valid is refused as a whole', async (body, target, type) => {
  const { ask } = listen();

  expect(await ask(body, target)).toMatchObject({ status: 400, json: { __type: type } });
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
