import { ends, type Program } from './process.ts';
import { DECISIONS, isFinal, statusOf } from './storage.ts';
import type { Tools } from './tools.ts';

// functions/recovery: the safety net. A notification is delivered again when its handling failed.

/** What the net does for an object under requests/. */
export const requestCreated = ({ storage, startExecution, isStarted }: Tools): Program => ({
  name: 'recovery, of requests/',
  begin: () => 'GET orders/',
  calls: {
    'GET orders/': () => (storage.objects.version === 0 ? 'StartExecution' : ends('done')),
    StartExecution: () => {
      startExecution();
      return ends('done');
    },
  },
  isAlone: { StartExecution: isStarted },
});

/** What the net does for an object under decisions/. */
export const decisionCreated = ({ storage, sendTask, isPastWait }: Tools): Program => ({
  name: 'recovery, of decisions/',
  begin: () => 'GET orders/',
  calls: {
    'GET orders/': () => {
      const { version, status } = storage.objects;
      const isOpen = version !== 0 && !isFinal(status) && statusOf(status) !== 'CONFIRMED';
      return isOpen ? 'GET decisions/ and token' : ends('done');
    },
    // One move: the decision is there already, and never changes.
    'GET decisions/ and token': (me) => {
      me.decision = storage.objects.decision;
      me.token = storage.objects.token;
      return me.token === 0 ? ends('done') : 'SendTask';
    },
    SendTask: (me) =>
      sendTask(me.token, DECISIONS[me.decision] ?? null) ? ends('done') : 'GET token, once more',
    'GET token, once more': (me) => {
      if (storage.objects.token === 0 || storage.objects.token === me.token) return ends('done');
      me.token = storage.objects.token;
      return 'SendTask';
    },
  },
  isAlone: {
    'GET decisions/ and token': isPastWait,
    SendTask: isPastWait,
    'GET token, once more': isPastWait,
  },
});
