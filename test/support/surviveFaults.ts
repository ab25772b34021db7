import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { confirmOrder, processOrder, type Answer } from './graphql.ts';
import type { LocalCloud } from './localCloud.ts';
import { untilOrder } from './follow.ts';

/** A fault at the n-th passage of a point. */
export type Strike = { readonly kind: string; readonly point: string; readonly passage: number };
export type Strikes = { readonly early: Strike | null; readonly late: Strike | null };

/** The points that an order passes on its way to the pause, and on its way from the confirmation to its end. */
export const EARLY_POINTS = [
  'appsync.graphql',
  'lambda.Invoke',
  's3.PutObject',
  's3.GetObject',
  'stepFunctions.StartExecution',
  'appsync.publish',
];
export const LATE_POINTS = [
  'appsync.graphql',
  'lambda.Invoke',
  's3.GetObject',
  's3.PutObject',
  'stepFunctions.SendTaskSuccess',
  'appsync.publish',
  's3.DeleteObject',
];

/** Before the operation, and when it is on disk but nobody has heard of it; an invocation has one point alone. */
export const bothSides = (points: readonly string[]): readonly string[] =>
  points.flatMap((point) => (point === 'lambda.Invoke' ? [point] : [point, `${point}.done`]));

/** What a caller may be told while something is broken: AppSync's own refusals where AppSync itself was struck. */
const REFUSALS = ['InternalError', 'Throttled', 'InternalServerException', 'ThrottlingException'];

type Send = () => Promise<Answer<unknown>>;

/** Sends a request again until it was acknowledged, as a client does. */
async function acknowledged(send: Send): Promise<void> {
  const answer = await send().catch(() => null); // the connection was cut
  if (isAcknowledged(answer)) return;
  const [error] = answer?.errors ?? [];
  if (answer !== null) expect(REFUSALS).toContain(error?.errorType);
  if (error?.errorInfo) expect(error.errorInfo.retryable).toBe(true);
  return acknowledged(send);
}

/** A refused mutation has data as well: its field is null, so that it does not take the answers of others with it. */
const isAcknowledged = (answer: Answer<unknown> | null): boolean =>
  answer !== null && answer.errors === undefined && answer.data !== null;

async function sendStruck(cloud: LocalCloud, strike: Strike | null, send: Send): Promise<void> {
  if (strike === null) return acknowledged(send);
  const { kind, point, passage } = strike;
  if (passage > 1) await cloud.arm({ point, kind: 'delay', times: passage - 1 });
  await cloud.arm({ point, kind, ms: 20 });
  if (kind !== 'kill') return acknowledged(send);
  const [answer] = await Promise.all([send().catch(() => null), cloud.ended()]);
  await cloud.start();
  if (!isAcknowledged(answer)) await acknowledged(send);
}

/** An order's record may be read before the passage behind it: its last status is stored, then published. */
async function allStruck(cloud: LocalCloud): Promise<void> {
  await expect.poll(() => cloud.armed(), { timeout: 5000 }).toEqual([]);
}

/** Confirms an order that is struck on its way, and answers its history once it has ended. */
export async function surviveFaults(cloud: LocalCloud, { early, late }: Strikes): Promise<readonly string[]> {
  const orderId = randomUUID();
  const outputs = cloud.outputs();

  await sendStruck(cloud, early, () => processOrder(outputs, { orderId, orderDetails: 'ten chairs' }));
  await untilOrder(outputs, orderId, ({ status }) => status === 'PAUSED' || status === 'FAILED');
  await allStruck(cloud);
  await sendStruck(cloud, late, () => confirmOrder(outputs, { orderId, isConfirmed: true }));
  const order = await untilOrder(outputs, orderId, ({ status }) => ['COMPLETED', 'FAILED'].includes(status));

  await allStruck(cloud);
  return order.history.map(({ version, status }) => `${version} ${status}`);
}

/** The history of an order that was confirmed, whatever was broken meanwhile: each version once. */
export const AS_PROMISED = ['1 RECEIVED', '2 PROCESSING', '3 PAUSED', '4 CONFIRMED', '5 COMPLETED'];
