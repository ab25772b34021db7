import { handler as cancelOrder } from '../../../functions/steps/cancelOrder.ts';
import { handler as completeOrder } from '../../../functions/steps/completeOrder.ts';
import { handler as expireOrder } from '../../../functions/steps/expireOrder.ts';
import { handler as failOrder } from '../../../functions/steps/failOrder.ts';
import { handler as processOrder } from '../../../functions/steps/processOrder.ts';
import { handler as rejectOrder } from '../../../functions/steps/rejectOrder.ts';
import { handler as storeTaskToken } from '../../../functions/steps/storeTaskToken.ts';
import type { Schedule } from './schedule.ts';
import { letPass } from './useFakes.ts';
import { world } from './world.ts';

// The state machine of infra/workflow, as small as it can be. An attempt that is given up on goes on in the dark.

export type Ended = { readonly status: 'SUCCEEDED' | 'FAILED'; readonly output: unknown };
type Outcome = { readonly error: string | null; readonly output?: unknown };
type Step = (input: unknown) => Promise<unknown>;
export type Dangers = { readonly giveUpSteps: boolean; readonly failSteps: boolean };

const MAX_REMINDERS = 2;
const SERVICE_RETRIES = 8;
const WAIT_TURNS = 120;
const MAX_AHEADS = 60;
const LONG_AFTER = 0.6;
const GIVE_UP = 0.03;
const A_DAY_AND_A_SECOND = 24 + 1 / 3600;
const DEADLINES = { deadlineSeconds: 3 * 86_400, reminderSeconds: 86_400 };

const NEXT: Readonly<Record<string, Step>> = {
  OrderConfirmed: completeOrder,
  OrderRejected: rejectOrder,
  OrderCancelled: cancelOrder,
};

export function createEngine({ random, turn, quiet, act }: Schedule, dangers: Dangers) {
  const mishaps = { canFail: dangers.failSteps, canVanish: false };
  const outcomeOf = (step: Step, input: unknown, retriesLeft: number): Promise<Outcome> =>
    act(retriesLeft > 0 ? mishaps : { canFail: false, canVanish: false }, () => step(input)).then(
      (output) => ({ error: null, output }),
      (error: unknown) => ({ error: error instanceof Error ? error.name : 'unknown' }),
    );

  async function runStep(step: Step, input: unknown): Promise<Outcome> {
    let aheads = 0;
    for (let left = SERVICE_RETRIES; ; left -= 1) {
      const isGivenUp = dangers.giveUpSteps && random() < GIVE_UP;
      const given = isGivenUp ? turn().then(() => ({ error: 'States.Timeout' })) : null;
      const running = outcomeOf(step, input, left);
      const outcome = await (given === null ? running : Promise.race([running, given]));
      if (outcome.error === 'DeadlineAhead' && aheads < MAX_AHEADS) {
        aheads += 1;
        left += 1;
        letPass(1 / 3600);
      } else if (outcome.error !== 'ServiceUnavailable' || left === 0) return outcome;
    }
  }

  async function waitForConfirmation(orderId: string, at: string): Promise<Outcome> {
    const wait = { at, enteredAt: new Date().toISOString(), ...DEADLINES };
    let reminders = 0;
    for (let retryCount = 0; ; retryCount += 1) {
      const outcome = await runAttempt(orderId, retryCount, wait);
      if (outcome.error === 'States.Timeout' && reminders < MAX_REMINDERS) reminders += 1;
      else if (outcome.error !== 'ServiceUnavailable') return outcome;
    }
  }

  function runAttempt(orderId: string, retryCount: number, wait: object): Promise<Outcome> {
    const token = `secret-${orderId}-${retryCount}`;
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        if (world.waiting.delete(token)) resolve(outcome);
      };
      world.waiting.add(token);
      callbacks.set(token, settle);
      const input = { ...wait, orderId, taskToken: token, redriveCount: 0, retryCount };
      void runWaiting(input, SERVICE_RETRIES - retryCount, settle);
      void timeOut(token, settle);
    });
  }

  async function runWaiting(input: unknown, retriesLeft: number, settle: (outcome: Outcome) => void) {
    const outcome = await outcomeOf(storeTaskToken, input, retriesLeft);
    if (outcome.error !== null) settle(outcome);
  }

  /** While others are still at it, or long after: then a decision on record should have woken the execution. */
  async function timeOut(token: string, settle: (outcome: Outcome) => void): Promise<void> {
    const isLongAfter = random() < LONG_AFTER;
    const turns = Math.floor(random() * WAIT_TURNS);
    for (let index = 0; index < turns && world.waiting.has(token); index += 1) await turn();
    if (isLongAfter) await quiet();
    if (!world.waiting.has(token)) return;
    if (isLongAfter && [...world.objects.keys()].some((key) => key.startsWith('decisions/')))
      world.unheard.push(token);
    letPass(A_DAY_AND_A_SECOND);
    settle({ error: 'States.Timeout' });
  }

  const callbacks = new Map<string, (outcome: Outcome) => void>();
  world.answerTask = (token, _orderId, kind) => {
    const errors: Readonly<Record<string, string>> = {
      REJECTED: 'OrderRejected',
      CANCELLED: 'OrderCancelled',
    };
    if (kind === 'EXPIRED' || kind === 'FAILED') return true;
    if (!world.waiting.has(token)) return false;
    callbacks.get(token)?.({ error: errors[kind] ?? null });
    return true;
  };

  return async function run(orderId: string, at: string): Promise<Ended> {
    const begun = await runStep(processOrder, { orderId });
    const waited = begun.error === null ? await waitForConfirmation(orderId, at) : begun;
    const toExpire = waited.error === 'States.Timeout' || waited.error === 'DeadlinePassed';
    const isWaited = begun.error === null;
    const asked =
      isWaited && toExpire
        ? await runStep(expireOrder, { orderId, reminderSeconds: DEADLINES.reminderSeconds })
        : waited;
    const next = isWaited ? NEXT[asked.error ?? (toExpire ? '' : 'OrderConfirmed')] : undefined;
    const ended = next === undefined ? asked : await runStep(next, { orderId });
    if (ended.error === null) return { status: 'SUCCEEDED', output: ended.output };
    const failed = await runStep(failOrder, { orderId, error: ended.error, cause: 'a cause' });
    return { status: 'FAILED', output: failed.error };
  };
}
