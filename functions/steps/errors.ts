import type { DecisionKind } from '../../schema.generated.ts';

// The workflow's Catch goes by these names: Lambda reports an error's name as its errorType.

/** The attempt began at or after the deadline: on to ExpireOrder. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** The wait's last timeout came before the deadline: ExpireOrder is tried again in a moment. */
export class DeadlineAhead extends Error {
  override readonly name = 'DeadlineAhead';
}

/** Own work failed or ran out of time: the workflow retries it as often as the setting allows. */
export class WorkFailed extends Error {
  override readonly name = 'WorkFailed';
}

/** The order ended as FAILED, so its execution fails too, where alarms see it. */
export class OrderFailed extends Error {
  override readonly name = 'OrderFailed';
}

const NAMES = {
  CONFIRMED: 'OrderConfirmed',
  REJECTED: 'OrderRejected',
  CANCELLED: 'OrderCancelled',
  EXPIRED: 'OrderExpired',
  FAILED: 'OrderFailed',
} satisfies Record<DecisionKind, string>;

/** ExpireOrder found a decision after all: on to the state that applies it. */
export class DecidedOtherwise extends Error {
  override readonly name: string;
  constructor(orderId: string, kind: DecisionKind) {
    super(`Order "${orderId}" is ${kind}; it does not expire.`);
    this.name = NAMES[kind];
  }
}

/** A step was reached without the decision that leads to it: an operator answered the task by hand. */
export class DecisionMissing extends Error {
  override readonly name = 'DecisionMissing';
  constructor(orderId: string, wanted: DecisionKind, standing: DecisionKind | null) {
    super(`Order "${orderId}" has the decision ${standing ?? 'none'} on record, not ${wanted}.`);
  }
}
