import type { DecisionKind, OrderStatus } from '../../../schema.generated.ts';
import { ends, type Next, type Part, type Program, type Registers } from './process.ts';
import { decisionCode, DECISIONS, isFinal, statusOf } from './storage.ts';
import { forgetRecord, type Tools } from './tools.ts';

/** The statuses that take a record to its end, without skipping one. */
function statusesUntil(end: readonly OrderStatus[], me: Registers): readonly OrderStatus[] {
  const way: readonly OrderStatus[] = ['RECEIVED', 'PROCESSING', 'PAUSED', ...end];
  const at = me.version === 0 ? -1 : way.lastIndexOf(statusOf(me.status) ?? 'RECEIVED');
  return way.slice(at + 1);
}

/** What every end has in common: it lists the ended order, and then deletes the token and with it the mark. */
function closing({ storage: { objects }, rules }: Tools, outcome: Part): Program['calls'] {
  return {
    'PUT ended/': (me) => {
      objects.listed = 1;
      return rules.markRemovedLast ? 'DELETE token' : outcome(me);
    },
    'DELETE token': (me) => {
      objects.token = 0;
      return outcome(me);
    },
    'DELETE token, too early': () => {
      objects.token = 0;
      return 'PUT orders/';
    },
  };
}

/** Writes an order's last statuses, and closes the order. */
function ending(tools: Tools, end: readonly OrderStatus[]) {
  const { storage, rules, hasOwnWork } = tools;
  const hasFailed = (me: Registers) => statusOf(me.status) === 'FAILED';
  const close: Part = (me) => {
    forgetRecord(me);
    me.decision = 0;
    return 'PUT ended/';
  };
  const write: Part = (me) => {
    if (hasFailed(me)) return ends('OrderFailed');
    if (isFinal(me.status)) return rules.endTidiesAgain ? close(me) : ends('done');
    if (statusOf(me.status) === 'CONFIRMED') return 'own work';
    return rules.markRemovedLast ? 'PUT orders/' : 'DELETE token, too early';
  };
  const calls: Program['calls'] = {
    'PUT orders/': (me) => {
      const isBeforeWork = hasOwnWork && statusOf(me.status) !== 'CONFIRMED';
      if (!storage.writeRecord(me, statusesUntil(isBeforeWork ? end.slice(0, 1) : end, me)))
        return rules.lostRecordReadAgain ? 'GET orders/' : close(me);
      storage.readRecord(me); // the answer names the new ETag
      return isFinal(me.status) ? close(me) : 'own work';
    },
    'GET orders/': (me) => {
      storage.readRecord(me);
      return write(me);
    },
    'own work': () => 'PUT orders/',
    ...closing(tools, () => ends('done')),
  };
  return { write, calls };
}

const READS = 'GET orders/ and decisions/';
/** Side by side, in one move: what could happen between the two can also happen after both. */
function read({ storage }: Tools, me: Registers): void {
  storage.readRecord(me);
  me.pausedBy = 0;
  me.decision = storage.objects.decision;
}

const APPLIED = {
  CONFIRMED: ['CONFIRMED', 'COMPLETED'],
  REJECTED: ['REJECTED'],
  CANCELLED: ['CANCELLED'],
} satisfies Partial<Record<DecisionKind, readonly OrderStatus[]>>;

/** functions/steps/completeOrder, rejectOrder and cancelOrder. */
export function applyDecision(tools: Tools, name: string, kind: keyof typeof APPLIED): Program {
  const { write, calls } = ending(tools, APPLIED[kind]);
  return {
    name,
    begin: () => READS,
    calls: {
      [READS]: (me) => {
        read(tools, me);
        return me.decision === decisionCode(kind) ? write(me) : ends('DecisionMissing');
      },
      ...calls,
    },
    isAlone: aloneIn(tools),
  };
}

const OBEYED = {
  CONFIRMED: 'OrderConfirmed',
  REJECTED: 'OrderRejected',
  CANCELLED: 'OrderCancelled',
  FAILED: 'OrderFailed',
} as const;

/** functions/steps/expireOrder */
export function expireOrder(tools: Tools): Program {
  const { storage, rules } = tools;
  const { write, calls } = ending(tools, ['EXPIRED']);
  const obey = (me: Registers): Next => {
    const kind = DECISIONS[me.decision] ?? 'FAILED';
    return kind === 'EXPIRED' || !rules.expiryObeys ? write(me) : ends(OBEYED[kind]);
  };
  return {
    name: 'steps/expireOrder',
    begin: () => READS,
    calls: {
      [READS]: (me) => {
        read(tools, me);
        return me.decision === 0 ? 'PUT decisions/' : obey(me);
      },
      'PUT decisions/': (me) => {
        me.decision = decisionCode('EXPIRED');
        return storage.createDecision(me.decision) ? obey(me) : 'GET decisions/';
      },
      'GET decisions/': (me) => {
        me.decision = storage.objects.decision;
        return obey(me);
      },
      ...calls,
    },
    isAlone: aloneIn(tools),
  };
}

/** functions/records/endAsFailed, which steps/failOrder and recovery/executionEnded call. */
export function endAsFailed(tools: Tools, name: string): Program {
  const { storage, rules } = tools;
  const close: Part = (me) => {
    forgetRecord(me);
    me.decision = 0;
    return 'PUT ended/';
  };
  const write: Part = (me) => {
    const isForeign = DECISIONS[me.decision] !== 'FAILED' && rules.failureDecides;
    return isForeign && !rules.failureEnds ? ends('OrderFailed') : 'PUT orders/';
  };
  return {
    name,
    begin: () => 'GET orders/',
    calls: {
      'GET orders/': (me) => {
        storage.readRecord(me);
        me.pausedBy = 0;
        if (isFinal(me.status)) return rules.endTidiesAgain ? close(me) : ends('OrderFailed');
        return me.decision === 0 && rules.failureDecides ? 'PUT decisions/' : write(me);
      },
      'PUT decisions/': (me) => {
        me.decision = decisionCode('FAILED');
        return storage.createDecision(me.decision) ? write(me) : 'GET decisions/';
      },
      'GET decisions/': (me) => {
        me.decision = storage.objects.decision;
        return write(me);
      },
      'PUT orders/': (me) => {
        const statuses: readonly OrderStatus[] = me.version === 0 ? ['RECEIVED', 'FAILED'] : ['FAILED'];
        if (storage.writeRecord(me, statuses) || !rules.lostRecordReadAgain) return close(me);
        return 'GET orders/';
      },
      ...closing(tools, () => ends('OrderFailed')),
    },
    isAlone: aloneIn(tools),
  };
}

/** Nobody reads the list of ended orders here; a decision never changes, and neither does an ended order. */
const aloneIn = ({ storage: { objects } }: Tools): Program['isAlone'] => ({
  'PUT ended/': () => true,
  'GET decisions/': () => objects.decision !== 0,
  'GET orders/': () => isFinal(objects.status),
  [READS]: () => isFinal(objects.status) && objects.decision !== 0,
});
