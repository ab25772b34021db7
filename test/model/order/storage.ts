import type { DecisionKind, OrderStatus } from '../../../schema.generated.ts';
import { isLegalMove } from '../../../functions/order/moves.ts';
import { groupOf, type Memory } from '../checker/memory.ts';
import { PROMISES } from './promises.ts';
import type { Registers } from './process.ts';
import type { Rules } from './rules.ts';

/** The two buckets, as far as they concern one order. An ETag is the version or the token itself. */
export const DECISIONS: readonly (DecisionKind | null)[] = [
  null,
  'CONFIRMED',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
  'FAILED',
];
export const STATUSES: readonly (OrderStatus | null)[] = [
  null,
  'RECEIVED',
  'PROCESSING',
  'PAUSED',
  'CONFIRMED',
  'COMPLETED',
  'REJECTED',
  'EXPIRED',
  'CANCELLED',
  'FAILED',
];
export const decisionCode = (kind: DecisionKind): number => DECISIONS.indexOf(kind);
export const statusOf = (code: number): OrderStatus | null => STATUSES[code] ?? null;
const FINAL: readonly (OrderStatus | null)[] = ['COMPLETED', 'REJECTED', 'EXPIRED', 'CANCELLED', 'FAILED'];
export const isFinal = (code: number): boolean => FINAL.includes(statusOf(code));
/** The workflow has not applied a decision yet. */
export const isOpen = (code: number): boolean => !isFinal(code) && statusOf(code) !== 'CONFIRMED';

const objectsOf = groupOf(
  'request', // 1: requests/<orderId>.json is there
  'decision', // decisions/<orderId>.json: its kind
  'version', // orders/<orderId>.json: 0 for none
  'status',
  'pausedBy', // the newest attempt whose pause is in the history
  'token', // <deadline>_<orderId> in the waiting bucket: the attempt whose token it holds; 0 for none
  'listed', // 1: ended/<...>_<orderId> is there
);
export type Objects = ReturnType<typeof objectsOf>;
export type Storage = ReturnType<typeof createStorage>;

const LAST_VERSION = 255; // how many versions an ended order has makes no difference to anybody

/** `report` hears of a write that breaks a promise at once. */
export function createStorage(memory: Memory, rules: Rules, report: (property: string) => void) {
  const objects = objectsOf(memory);

  return {
    objects,

    /** PUT If-None-Match: true when it was created. */
    createDecision(kind: number): boolean {
      const { decision } = objects;
      if (decision !== 0 && rules.decisionOnce) return false;
      if (decision !== 0 && decision !== kind) report(PROMISES.oneDecision);
      objects.decision = kind;
      return true;
    },

    readRecord(me: Registers): void {
      me.version = objects.version;
      me.status = objects.status;
      me.pausedBy = objects.pausedBy;
    },

    /** PUT If-Match (If-None-Match where `me` has seen none): the history that was seen, and further statuses. */
    writeRecord(me: Registers, statuses: readonly OrderStatus[]): boolean {
      if (rules.recordCompared && objects.version !== me.version) return false;
      if (objects.version !== me.version) report(PROMISES.writtenOnce);
      let last = statusOf(me.status);
      for (const status of statuses) {
        const isLegal = last === null ? status === 'RECEIVED' : isLegalMove(last, status);
        if (!isLegal) report(PROMISES.legalMoves);
        last = status;
      }
      objects.status = STATUSES.indexOf(last);
      objects.version = isFinal(objects.status) ? LAST_VERSION : me.version + statuses.length;
      objects.pausedBy = last === 'PAUSED' ? me.attempt : 0;
      return true;
    },

    /** PUT If-Match (If-None-Match where `seen` is 0). */
    writeToken(attempt: number, seen: number): boolean {
      if (rules.fencedToken && objects.token !== seen) return false;
      objects.token = attempt;
      return true;
    },
  };
}
