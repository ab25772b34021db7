import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { dataFrame, dataFrameStart, textFrames } from '../../../services/appsync/realtime/textFrames.ts';

const require = createRequire(import.meta.url);
const { Receiver } = require('ws');

test.each([
  ['of no length', ['', 'a']],
  ['of 125 and 126 bytes', ['a'.repeat(125), 'b'.repeat(126)]],
  ['of 65,535 and 65,536 bytes', ['a'.repeat(65_535), 'b'.repeat(65_536)]],
  ['of more bytes than characters', ['grün'.repeat(25), '\u{1f642}'.repeat(20_000), 'end']],
])('a client reads frames %s as they were sent', (_what, texts) => {
  const read: string[] = [];
  const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
  receiver.on('message', (data: Buffer) => read.push(data.toString('utf8')));

  receiver.write(textFrames(texts));

  expect(read).toEqual(texts);
});

test.each([0, 60, 100, 125, 126, 65_480, 65_536, 200_000])(
  'a client reads an event of %i bytes as it was sent, with the id of its subscription',
  (size) => {
    const read: unknown[] = [];
    const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
    receiver.on('message', (data: Buffer) => read.push(JSON.parse(data.toString('utf8'))));
    const payload = { data: { a: `ü${'x'.repeat(size)}` } };

    for (const id of ['"ü\n', '7'])
      receiver.write(dataFrame(dataFrameStart(id), Buffer.from(JSON.stringify(payload))));

    expect(read).toEqual([
      { id: '"ü\n', type: 'data', payload },
      { id: '7', type: 'data', payload },
    ]);
  },
);
