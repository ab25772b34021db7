import { describe, expect, test } from 'vitest';
import { ARN } from '../sqs/serveSqs.ts';
import { runEventSources, untilCounts } from './runEventSources.ts';

const DEAD = ARN.replace('letters', 'dead');
const SECOND = 1000;

describe('a function that fails', () => {
  test('gets the same messages again when their visibility timeout is over', async () => {
    const running = await runEventSources({}, { visibilityTimeoutSeconds: 60 });
    running.eventSources.start();
    running.sqs.send(ARN, 'one');
    (await running.batch(0)).fail();

    await running.pass(59 * SECOND);
    const early = running.batches.length;
    await running.pass(1 * SECOND);

    const [first, second] = running.batches.flatMap(({ records }) => records);
    expect(early).toBe(1);
    expect(second).toMatchObject({ messageId: first?.messageId, body: 'one' });
    expect(second?.attributes['ApproximateReceiveCount']).toBe('2');
    expect(second?.receiptHandle).not.toBe(first?.receiptHandle);
  });

  test('too often finds its messages in the dead-letter queue, without anybody asking for them', async () => {
    const redrive = { deadLetterQueueArn: DEAD, maxReceiveCount: 2 };
    const running = await runEventSources({}, { redrive });
    running.define('dead');
    running.eventSources.start();
    running.sqs.send(ARN, 'poison');

    for (const index of [0, 1]) {
      (await running.batch(index)).fail();
      await running.pass(30 * SECOND);
    }

    await untilCounts(running, { dead: 1 });
    expect(running.batches).toHaveLength(2);
  });

  test('and is too slow sees its messages given to another run, and removes nothing of theirs', async () => {
    const running = await runEventSources();
    running.eventSources.start();
    running.sqs.send(ARN, 'one');
    const late = await running.batch(0);
    await running.pass(30 * SECOND);
    const second = await running.batch(1);

    late.answer(null);
    await running.pass(0);
    const between = running.counts();
    second.answer(null);

    expect(between).toEqual({ letters: 1 });
    await untilCounts(running, {});
  });
});

describe('ReportBatchItemFailures', () => {
  async function answered(answerOf: (ids: readonly string[]) => unknown): Promise<readonly string[]> {
    const running = await runEventSources({ reportsFailures: true });
    for (const body of ['good', 'bad']) running.sqs.send(ARN, body);
    running.eventSources.start();
    const { records, answer } = await running.batch(0);
    answer(answerOf(records.map(({ messageId }) => messageId)));
    await running.pass(0);
    running.sqs.send(ARN, 'next');
    await running.batch(1); // the answer was taken
    await running.pass(30 * SECOND);
    return running.batches.slice(1).flatMap(({ bodies }) => bodies.filter((body) => body !== 'next'));
  }

  test('leaves what it names in the queue, and removes the others', async () => {
    const again = await answered(([, bad]) => ({ batchItemFailures: [{ itemIdentifier: bad }] }));

    expect(again).toEqual(['bad']);
  });

  test.each([null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])(
    'an answer without failures is a success: %j',
    async (answer) => {
      expect(await answered(() => answer)).toEqual([]);
    },
  );

  test.each([
    'a text',
    [1],
    { batchItemFailures: 'all' },
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{ itemIdentifier: null }] },
    { batchItemFailures: [{ itemIdentifier: 'another' }] },
    { batchItemFailures: [{ id: 'misnamed' }] },
    { batchItemFailures: ['text'] },
  ])('an answer that cannot be understood is a failure of the whole batch: %j', async (answer) => {
    expect(await answered(() => answer)).toEqual(['good', 'bad']);
  });

  test('is not asked for by default: then an answer that names failures is a success', async () => {
    const running = await runEventSources();
    running.eventSources.start();
    running.sqs.send(ARN, 'one');

    const { records, answer } = await running.batch(0);
    answer({ batchItemFailures: [{ itemIdentifier: records[0]?.messageId }] });
    await untilCounts(running, {});

    expect(running.batches).toHaveLength(1);
  });
});
