import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { processOrder } from '../support/graphql.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import {
  AS_PROMISED,
  bothSides,
  EARLY_POINTS,
  LATE_POINTS,
  surviveFaults,
} from '../support/surviveFaults.ts';

const { folder: assembly } = await synthesizeApp();

/** One order is struck twice: before its pause, and after its confirmation. */
function pairs(early: readonly string[], late: readonly string[]) {
  return late.map((point, index) => ({ early: early[index % early.length] ?? '', late: point }));
}

const EVERY_POINT = pairs(bothSides(EARLY_POINTS), bothSides(LATE_POINTS));

describe.each([
  { kind: 'error', points: EVERY_POINT },
  { kind: 'lost-response', points: EVERY_POINT, flags: ['--no-port'] },
  { kind: 'throttle', points: EVERY_POINT },
  { kind: 'lost-response', points: EVERY_POINT },
  { kind: 'delay', points: EVERY_POINT },
  { kind: 'duplicate', points: EVERY_POINT },
  // Dying after one request is dying before the next: `npm run test:long` has these, and each passage of each point.
  { kind: 'kill', points: pairs(EARLY_POINTS, LATE_POINTS) },
])(
  'an order ends as promised in spite of a fault of the kind $kind $flags',
  ({ kind, points, flags = [] }) => {
    let cloud: LocalCloud;
    beforeAll(async () => {
      cloud = await startLocalCloud({ assembly, flags });
      return cloud.remove;
    });

    test.each(points)('at $early, and at $late', async ({ early, late }) => {
      const history = await surviveFaults(cloud, {
        early: { kind, point: early, passage: 1 },
        late: { kind, point: late, passage: 1 },
      });

      expect(history).toEqual(AS_PROMISED);
    });
  },
);

describe('a request that a fault keeps from being answered', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud({ assembly });
    return cloud.remove;
  });

  test.each([
    { point: 'lambda.Invoke', kind: 'throttle', errorType: 'Throttled' },
    { point: 'lambda.Invoke', kind: 'error', errorType: 'InternalError' },
    { point: 's3.PutObject', kind: 'throttle', errorType: 'Throttled' },
    { point: 's3.PutObject', kind: 'error', errorType: 'InternalError' },
    { point: 'stepFunctions.StartExecution', kind: 'throttle', errorType: 'Throttled' },
  ])('is refused with $errorType after $kind at $point, and may be repeated', async (row) => {
    const { errorType, ...fault } = row;
    const orderId = randomUUID();
    await cloud.arm({ ...fault, times: 20 }); // for the SDK's tries, and for the steps of the order before

    const refused = await processOrder(cloud.outputs(), { orderId });
    await cloud.heal();
    const repeated = await processOrder(cloud.outputs(), { orderId });

    expect(refused.data).toEqual({ processOrder: null });
    expect(refused.errors).toMatchObject([{ errorType, errorInfo: { retryable: true } }]);
    expect(repeated.data?.processOrder).toMatchObject({ orderId, version: 1 });
  });
});
