import type { OrderStatus } from '../../../schema.generated.ts';
import { both, ends, JOIN, type Next, type Program, type Registers } from './process.ts';
import { DECISIONS, isFinal, statusOf } from './storage.ts';
import { forgetRecord, type Tools } from './tools.ts';

/** steps/storeTaskToken: token and record side by side, then the decision. */
export function storeTaskToken({ storage, rules, sendTask, isPastWait }: Tools): Program {
  const { objects } = storage;
  const isFirst = (me: Registers) => me.attempt === 1;
  const write = (me: Registers): Next => {
    me.token = 0;
    return both(
      isFirst(me) || !rules.fencedToken ? 'PUT token' : 'GET token',
      isFirst(me) ? 'PUT orders/' : 'GET orders/',
      'both are written',
    );
  };
  const pause = (me: Registers): readonly OrderStatus[] => {
    if (me.version === 0) return ['RECEIVED', 'PROCESSING', 'PAUSED'];
    const isOpen = ['RECEIVED', 'PROCESSING', 'PAUSED'].includes(statusOf(me.status) ?? '');
    if (!isOpen || me.pausedBy >= me.attempt) return [];
    return me.status === 1 ? ['PROCESSING', 'PAUSED'] : ['PAUSED'];
  };
  const obey = (me: Registers): Next => {
    if (me.decision === 0) return ends('done');
    const kind = DECISIONS[me.decision];
    if (kind === 'EXPIRED' || kind === 'FAILED') return 'GET orders/, to see whether it has ended';
    return 'SendTask';
  };
  const outcome = (me: Registers): Next => {
    const kind = DECISIONS[me.decision];
    if (kind === 'EXPIRED') return ends('DeadlinePassed');
    return ends(kind === 'FAILED' ? 'OrderFailed' : 'done');
  };
  const recorded = (me: Registers): Next => {
    forgetRecord(me);
    return JOIN;
  };
  const readDecision = (me: Registers) => {
    me.decision = objects.decision;
  };
  return {
    name: 'steps/storeTaskToken',
    begin: (me) => (rules.decisionReadLast ? write(me) : 'GET decisions/, too early'),
    calls: {
      'GET token': (me) => {
        me.token = objects.token;
        if (me.token <= me.attempt) return 'PUT token';
        me.isLate = 1;
        me.token = 0;
        return JOIN;
      },
      'PUT token': (me) => {
        if (!storage.writeToken(me.attempt, me.token)) return 'GET token';
        me.token = 0;
        return JOIN;
      },
      'GET orders/': (me) => {
        storage.readRecord(me);
        return pause(me).length === 0 ? recorded(me) : 'PUT orders/';
      },
      'PUT orders/': (me) => {
        if (storage.writeRecord(me, pause(me)) || !rules.lostRecordReadAgain) return recorded(me);
        return 'GET orders/';
      },
      'GET decisions/': (me) => {
        readDecision(me);
        return obey(me);
      },
      'GET decisions/, too early': (me) => {
        readDecision(me);
        return write(me);
      },
      SendTask: (me) =>
        sendTask(me.attempt, DECISIONS[me.decision] ?? null)
          ? ends('done')
          : 'GET orders/, to see whether it has ended',
      // The token may have been written after the end had deleted it.
      'GET orders/, to see whether it has ended': (me) => {
        return isFinal(objects.status) && rules.lateMarkRemoved ? 'DELETE token' : outcome(me);
      },
      'DELETE token': (me) => {
        objects.token = 0;
        return outcome(me);
      },
    },
    joins: {
      'both are written': (me) => {
        if (me.isLate === 1) return ends('done');
        return rules.decisionReadLast ? 'GET decisions/' : obey(me);
      },
    },
    isAlone: {
      'GET decisions/': () => objects.decision !== 0,
      'GET orders/': () => isFinal(objects.status),
      'GET orders/, to see whether it has ended': () => isFinal(objects.status),
      SendTask: isPastWait,
    },
  };
}
