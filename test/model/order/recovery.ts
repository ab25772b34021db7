import { ends, type Program, type Registers } from './process.ts';
import { DECISIONS, isOpen } from './storage.ts';
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
export function decisionCreated({ storage: { objects }, sendTask, isPastWait }: Tools): Program {
  const isWaiting = () => objects.version !== 0 && isOpen(objects.status);
  const kindOf = (me: Registers) => DECISIONS[me.decision] ?? null;
  return {
    name: 'recovery, of decisions/',
    begin: () => 'GET orders/',
    calls: {
      'GET orders/': () => (isWaiting() ? 'GET decisions/ and token' : ends('done')),
      // One move: the decision is there already, and never changes.
      'GET decisions/ and token': (me) => {
        me.decision = objects.decision;
        me.token = objects.token;
        return me.token === 0 ? 'GET orders/, once more' : 'SendTask';
      },
      SendTask: (me) => (sendTask(me.token, kindOf(me)) ? ends('done') : 'GET orders/, once more'),
      'GET orders/, once more': () => (isWaiting() ? 'GET token, once more' : ends('done')),
      'GET token, once more': (me) => {
        if (objects.token === 0 || objects.token === me.token) return ends('done');
        me.token = objects.token;
        return 'SendTask, once more';
      },
      'SendTask, once more': (me) => {
        sendTask(me.token, kindOf(me));
        return ends('done');
      },
    },
    isAlone: {
      'GET decisions/ and token': isPastWait,
      SendTask: isPastWait,
      'GET orders/, once more': isPastWait,
      'GET token, once more': isPastWait,
      'SendTask, once more': isPastWait,
    },
  };
}
