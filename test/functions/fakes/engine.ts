import { isOpen } from '../../../functions/order/moves.ts';
import { parseOrderRecord } from '../../../functions/order/parseOrderRecord.ts';
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

export type Ended = { readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'; readonly output: unknown };
type Outcome = { readonly error: string | null; readonly output?: unknown };
type Step = (input: unknown) => Promise<unknown>;
export type Dangers = {
  readonly giveUpSteps: boolean;
  readonly failSteps: boolean;
  /** An operator stops the execution, and redrives it now and then. */
  readonly stopExecution: boolean;
};

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

export type Engine = ReturnType<typeof createEngine>;

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

  let redriveCount = 0;
  let enteredAt: string | null = null;
  /** What an execution that was stopped has begun goes on in the dark, and nothing follows from it. */
  const unlessStopped = async (outcome: Promise<Outcome>): Promise<Outcome> => {
    const begunIn = redriveCount;
    const settled = await outcome;
    return isStopped || begunIn !== redriveCount ? new Promise(() => {}) : settled;
  };
  let isStopped = false;

  async function waitForConfirmation(orderId: string, at: string): Promise<Outcome> {
    enteredAt ??= new Date().toISOString();
    const wait = { at, enteredAt, ...DEADLINES };
    let reminders = 0;
    for (let retryCount = 0; ; retryCount += 1) {
      const outcome = await runAttempt(orderId, retryCount, wait);
      if (outcome.error === 'States.Timeout' && reminders < MAX_REMINDERS) reminders += 1;
      else if (outcome.error !== 'ServiceUnavailable') return outcome;
    }
  }

  function runAttempt(orderId: string, retryCount: number, wait: object): Promise<Outcome> {
    const token = `secret-${orderId}-${redriveCount}-${retryCount}`;
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        if (world.waiting.delete(token)) resolve(outcome);
      };
      world.waiting.add(token);
      callbacks.set(token, settle);
      const input = { ...wait, orderId, taskToken: token, redriveCount, retryCount };
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
    if (isLongAfter && isDecidedAndOpen()) world.unheard.push(token);
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

  async function goOn(orderId: string, waited: Outcome): Promise<Ended> {
    const toExpire = waited.error === 'States.Timeout' || waited.error === 'DeadlinePassed';
    const expiry = { orderId, reminderSeconds: DEADLINES.reminderSeconds };
    const asked = toExpire ? await unlessStopped(runStep(expireOrder, expiry)) : waited;
    const next = NEXT[asked.error ?? (toExpire ? '' : 'OrderConfirmed')];
    return end(orderId, next === undefined ? asked : await unlessStopped(runStep(next, { orderId })));
  }

  async function end(orderId: string, last: Outcome): Promise<Ended> {
    if (last.error === null) return { status: 'SUCCEEDED', output: last.output };
    const failed = await unlessStopped(runStep(failOrder, { orderId, error: last.error, cause: 'a cause' }));
    return { status: 'FAILED', output: failed.error };
  }

  return {
    run: async (orderId: string, at: string): Promise<Ended> => {
      const begun = await unlessStopped(runStep(processOrder, { orderId }));
      return begun.error === null
        ? goOn(orderId, await waitForConfirmation(orderId, at))
        : end(orderId, begun);
    },
    /** StopExecution. Answers whether the execution waited, and its tokens are spent. */
    stop: (): boolean => {
      const isWaiting = world.waiting.size > 0;
      isStopped = true;
      world.waiting.clear();
      return isWaiting;
    },
    /** RedriveExecution of an execution that was stopped while it waited. */
    redrive: async (orderId: string, at: string): Promise<Ended> => {
      isStopped = false;
      redriveCount += 1;
      return goOn(orderId, await waitForConfirmation(orderId, at));
    },
  };
}

/** A decision is on record that the workflow has not applied. */
function isDecidedAndOpen(): boolean {
  const record = [...world.objects].find(([key]) => key.startsWith('orders/'));
  const isDecided = [...world.objects.keys()].some((key) => key.startsWith('decisions/'));
  return isDecided && (record === undefined || isOpen(parseOrderRecord(JSON.parse(record[1].text)).status));
}
