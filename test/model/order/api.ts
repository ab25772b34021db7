import type { DecisionKind } from '../../../schema.generated.ts';
import { both, ends, JOIN, type Next, type Part, type Program, type Registers } from './process.ts';
import { decisionCode, DECISIONS, isFinal, isOpen } from './storage.ts';
import type { Tools } from './tools.ts';

/** functions/api/processOrder. The same request once more goes the same way: its 412 leads to its own request. */
export const processOrder = ({ storage, startExecution, isStarted }: Tools): Program => ({
  name: 'api/processOrder',
  begin: () => 'PUT requests/',
  calls: {
    'PUT requests/': () => {
      storage.objects.request = 1;
      return 'StartExecution';
    },
    StartExecution: () => {
      startExecution();
      return ends('done');
    },
  },
  isAlone: { StartExecution: isStarted },
});

/** functions/api/decideOrder, which confirmOrder and cancelOrder call. It ends with the decision that it tells. */
export function decideOrder(tools: Tools, wanted: DecisionKind): Program {
  const { storage, rules, sendTask } = tools;
  const { objects } = storage;
  const own = decisionCode(wanted);
  const decide = (me: Registers): Next =>
    me.version === 0
      ? 'PUT decisions/'
      : both('PUT decisions/, beside it', 'GET token', 'the decision stands');
  const create = (me: Registers, then: Part, ifLost: string): Next => {
    me.decision = own;
    if (storage.createDecision(own)) return then(me);
    if (rules.lostDecisionReadAgain) return ifLost;
    me.decision = decisionCode(wanted === 'CONFIRMED' ? 'REJECTED' : 'CONFIRMED'); // it can only be the other one
    return then(me);
  };
  const read = (me: Registers, then: Part): Next => {
    me.decision = objects.decision;
    return then(me);
  };
  /** The decision stands: with a token it is sent, without one there may be one by now. */
  const wake = (me: Registers): Next => {
    if (me.decision !== own) return ends('done'); // OrderAlreadyDecided
    if (me.token !== 0) return 'SendTask';
    return rules.lookOnceMore ? 'GET orders/, once more' : ends('done');
  };
  const send = (me: Registers): boolean => sendTask(me.token, DECISIONS[me.decision] ?? null);

  return {
    name: `api/decideOrder ${wanted}`,
    begin: () => 'GET orders/',
    calls: {
      'GET orders/': (me) => {
        if (objects.version === 0) return 'GET requests/';
        me.version = 1; // there is a record
        if (!rules.acknowledgeAfterDurable) me.decision = own;
        if (me.decision !== 0) return ends('done');
        return isFinal(objects.status) ? 'GET decisions/ of the ended order' : decide(me);
      },
      'GET requests/': (me) => (objects.request === 0 ? ends('done') : decide(me)), // OrderNotFound
      // No call of the function: the record holds the decision that ended the order.
      'GET decisions/ of the ended order': (me) =>
        read(me, () => (me.decision === 0 ? decide(me) : ends('done'))),
      'PUT decisions/': (me) => create(me, wake, 'GET decisions/'),
      'GET decisions/': (me) => read(me, wake),
      'PUT decisions/, beside it': (me) => create(me, () => JOIN, 'GET decisions/, beside it'),
      'GET decisions/, beside it': (me) => read(me, () => JOIN),
      'GET token': (me) => {
        me.token = objects.token;
        return JOIN;
      },
      SendTask: (me) => (send(me) || !rules.spentTokenReadAgain ? ends('done') : 'GET orders/, once more'),
      'GET orders/, once more': () =>
        objects.version !== 0 && isOpen(objects.status) ? 'GET token, once more' : ends('done'),
      'GET token, once more': (me) => {
        if (objects.token === 0 || objects.token === me.token) return ends('done');
        me.token = objects.token;
        return 'SendTask, once more';
      },
      'SendTask, once more': (me) => {
        send(me);
        return ends('done');
      },
    },
    joins: { 'the decision stands': wake },
    survives: SURVIVES,
    isAlone: aloneIn(tools),
  };
}

// Rule 4: the decision is durable and acknowledged, whatever becomes of the wake-up.
const SURVIVES = {
  SendTask: () => ends('done'),
  'GET orders/, once more': () => ends('done'),
  'GET token, once more': () => ends('done'),
  'SendTask, once more': () => ends('done'),
};

/** A decision, an ended order and a request never change, and spent tokens wake nobody. */
function aloneIn({ storage: { objects }, rules, isPastWait }: Tools): Program['isAlone'] {
  const isDecided = () => objects.decision !== 0;
  const isRefused = () => isDecided() && rules.decisionOnce;
  return {
    'GET orders/': () => isFinal(objects.status),
    'GET requests/': () => objects.request === 1,
    'GET decisions/ of the ended order': isDecided,
    'PUT decisions/': isRefused,
    'GET decisions/': isDecided,
    'PUT decisions/, beside it': isRefused,
    'GET decisions/, beside it': isDecided,
    'GET token': isPastWait,
    SendTask: isPastWait,
    'GET orders/, once more': isPastWait,
    'GET token, once more': isPastWait,
    'SendTask, once more': isPastWait,
  };
}
