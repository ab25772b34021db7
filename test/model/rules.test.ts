import { describe, expect, test } from 'vitest';
import { ENDS, explore } from './checker/explore.ts';
import { createOrderModel, type Scope } from './order/orderModel.ts';
import { PROMISES } from './order/promises.ts';
import { ALL_ON, describeRule, RULES, without, type Rule } from './order/rules.ts';
import { scope } from './scopes.ts';
import { NOTHING_FOUND, tell } from './tell.ts';

const ALONE: Partial<Scope> = { clients: ['CONFIRMED'] };
const NOBODY: Partial<Scope> = { clients: [] };

/** Where each rule is needed, and for which promise. */
const NEEDED: Readonly<Record<Rule, readonly [promise: string, scope: Scope]>> = {
  fencedToken: [PROMISES.heard, scope({ ...ALONE, maxReminders: 1, hasNet: false })],
  decisionOnce: [PROMISES.oneDecision, scope({})],
  decisionReadLast: [PROMISES.heard, scope(ALONE)],
  lookOnceMore: [PROMISES.heard, scope({ ...ALONE, hasNet: false })],
  spentTokenReadAgain: [PROMISES.heard, scope({ ...ALONE, maxReminders: 1, hasNet: false })],
  acknowledgeAfterDurable: [PROMISES.told, scope(ALONE)],
  lostDecisionReadAgain: [PROMISES.told, scope(ALONE)],
  lostRecordReadAgain: [ENDS, scope({ ...NOBODY, maxReminders: 1 })],
  expiryObeys: [PROMISES.outcome, scope(ALONE)],
  failureDecides: [PROMISES.outcome, scope({ ...NOBODY, maxFaults: 2 })],
  failureEnds: [ENDS, scope({ ...NOBODY, maxFaults: 2 })],
  netStarts: [ENDS, scope({ ...NOBODY, maxFaults: 1 })],
  netResumes: [PROMISES.heard, scope({ ...ALONE, maxFaults: 1 })],
  netCloses: [ENDS, scope({ ...NOBODY, maxFaults: 1, maxStops: 1 })],
  netInsists: [ENDS, scope({ ...NOBODY, maxFaults: 2 })],
  recordCompared: [PROMISES.writtenOnce, scope({ ...NOBODY, maxReminders: 1 })],
  markRemovedLast: [PROMISES.tidied, scope({ ...ALONE, maxReminders: 1 })],
  lateMarkRemoved: [PROMISES.tidied, scope(NOBODY)],
  endTidiesAgain: [PROMISES.listed, scope({ ...NOBODY, maxFaults: 1 })],
  stepsRetried: [PROMISES.oneFault, scope({ ...NOBODY, maxFaults: 1 })],
};

const keptIn = new Map<string, string>();

/** Many rules are needed in the same scope, which is explored once. */
function tellKept(where: Scope): string {
  const key = JSON.stringify(where);
  const known = keptIn.get(key) ?? tell(explore(createOrderModel(ALL_ON, where)));
  keptIn.set(key, known);
  return known;
}

describe('without one of its rules, the protocol breaks a promise', () => {
  test.each(
    RULES.map((rule) => ({
      rule,
      why: describeRule(rule),
      promise: NEEDED[rule][0],
      where: NEEDED[rule][1],
    })),
  )('$rule: $promise ($why)', ({ rule, promise, where }) => {
    const broken = tell(explore(createOrderModel(without(rule), where)));

    expect(broken).toMatch(`Not kept: ${promise}\n`);
    expect(tellKept(where)).toBe(NOTHING_FOUND);
  });
});
