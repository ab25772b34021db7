import type { OrderStatus } from '../../../schema.generated.ts';
import { both, ends, JOIN, type Next, type Part, type Program, type Registers } from './process.ts';
import { DECISIONS, isFinal, isOpen, statusOf } from './storage.ts';
import { forgetRecord, type Tools } from './tools.ts';

const isFirst = (me: Registers) => me.attempt === 1;

/** pauseOrder: what this attempt adds to the record that it knows. */
function pause(me: Registers): readonly OrderStatus[] {
  if (me.version === 0) return ['RECEIVED', 'PROCESSING', 'PAUSED'];
  if (!isOpen(me.status) || me.pausedBy >= me.attempt) return [];
  return statusOf(me.status) === 'RECEIVED' ? ['PROCESSING', 'PAUSED'] : ['PAUSED'];
}

/** functions/steps/storeTaskToken: token and record side by side, then the decision. */
export function storeTaskToken(tools: Tools): Program {
  const { storage, rules, isPastWait } = tools;
  const { objects } = storage;
  const recorded = (me: Registers): string => {
    forgetRecord(me);
    return JOIN;
  };
  const write: Part = (me) => {
    const token = isFirst(me) || !rules.fencedToken ? 'PUT token' : 'GET token';
    return both(token, pause(me).length === 0 ? recorded(me) : 'PUT orders/', 'both are written');
  };
  const begin: Part = (me) => (isFirst(me) ? write(me) : 'GET orders/ first');
  return {
    name: 'steps/storeTaskToken',
    begin: (me) => (rules.decisionReadLast ? begin(me) : 'GET decisions/, too early'),
    calls: {
      'GET decisions/, too early': (me) => {
        me.decision = objects.decision;
        return begin(me);
      },
      'GET orders/ first': (me) => {
        storage.readRecord(me);
        if (me.version === 0 || isOpen(me.status)) return write(me);
        me.decision = objects.decision; // the record holds the decision that it applied
        forgetRecord(me);
        return obey(me);
      },
      'GET token': (me) => {
        const isSuperseded = objects.token > me.attempt;
        me.token = isSuperseded ? 0 : objects.token;
        me.isLate = Number(isSuperseded);
        return isSuperseded ? JOIN : 'PUT token';
      },
      'PUT token': (me) => {
        if (!storage.writeToken(me.attempt, me.token)) return 'GET token';
        me.token = 0;
        return JOIN;
      },
      'PUT orders/': (me) =>
        storage.writeRecord(me, pause(me)) || !rules.lostRecordReadAgain ? recorded(me) : 'GET orders/',
      'GET orders/': (me) => {
        storage.readRecord(me);
        return pause(me).length === 0 ? recorded(me) : 'PUT orders/';
      },
      'GET decisions/': (me) => {
        me.decision = objects.decision;
        return obey(me);
      },
      ...obeying(tools),
    },
    joins: {
      'both are written': (me) => {
        if (me.isLate === 1) return ends('done');
        return rules.decisionReadLast ? 'GET decisions/' : obey(me);
      },
    },
    isAlone: {
      'GET decisions/': () => objects.decision !== 0,
      'GET orders/ first': () => isFinal(objects.status),
      'GET orders/': () => isFinal(objects.status),
      SendTask: isPastWait,
      'GET orders/, once more': () => isFinal(objects.status),
      'GET token, once more': isPastWait,
      'SendTask, once more': isPastWait,
    },
  };
}

/** The decision came before the pause, or while this attempt was writing. */
function obey(me: Registers): Next {
  if (me.decision === 0) return ends('done');
  const kind = DECISIONS[me.decision];
  return kind === 'EXPIRED' || kind === 'FAILED' ? 'DELETE token' : 'SendTask';
}

function obeying({ storage: { objects }, rules, sendTask }: Tools): Program['calls'] {
  const kindOf = (me: Registers) => DECISIONS[me.decision] ?? null;
  const outcome: Part = (me) => {
    if (kindOf(me) === 'EXPIRED') return ends('DeadlinePassed');
    return ends(kindOf(me) === 'FAILED' ? 'OrderFailed' : 'done');
  };
  return {
    SendTask: (me) => (sendTask(me.attempt, kindOf(me)) ? ends('done') : 'GET orders/, once more'),
    'GET orders/, once more': (me) => (isOpen(objects.status) ? 'GET token, once more' : remove(me)),
    'GET token, once more': (me) => {
      if (objects.token === 0 || objects.token === me.attempt) return ends('done');
      me.token = objects.token;
      return 'SendTask, once more';
    },
    'SendTask, once more': (me) => {
      sendTask(me.token, kindOf(me));
      return ends('done');
    },
    'DELETE token': (me) => {
      if (rules.lateMarkRemoved) objects.token = 0;
      return outcome(me);
    },
  };
  /** The order has ended, perhaps before this token was written. */
  function remove(me: Registers): Next {
    return rules.lateMarkRemoved ? 'DELETE token' : outcome(me);
  }
}
