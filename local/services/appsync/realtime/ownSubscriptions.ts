import { MAX_CONNECTION_SUBSCRIPTIONS, MAX_CONNECTION_SUBSCRIPTION_CHARACTERS } from '../limits.ts';
import type { LoadedApi } from '../execution/execution.ts';
import { logInternalError } from '../execution/resolveField.ts';
import { complete, maxSubscriptions, startAck, startError } from './frames.ts';
import type { ClientMessage } from './parseClientMessage.ts';
import { type Start, startSubscription } from './startSubscription.ts';
import type { Receiver, Subscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Turns } from './turns.ts';

export type OwnSubscriptions = {
  readonly start: (message: Extract<ClientMessage, { type: 'start' }>) => Promise<void>;
  readonly stop: (message: Extract<ClientMessage, { type: 'stop' }>) => void;
  readonly endAll: () => void;
};

export type OwnOptions = {
  readonly api: LoadedApi;
  readonly subscriptions: Subscriptions;
  /** Of all connections: the start of a subscription takes the thread. */
  readonly turns: Turns;
  readonly receiver: Receiver;
  readonly remoteAddress: string;
  readonly timeoutMilliseconds: number;
  readonly send: (text: string) => void;
};

const TOO_MUCH_KEPT = {
  errorType: 'LimitExceededError',
  message: `The documents and variables of a connection's subscriptions may have ${MAX_CONNECTION_SUBSCRIPTION_CHARACTERS} characters together.`,
};

/** The subscriptions of one connection, by the ids that its client chose. A symbol stands for one being checked. */
export function createOwnSubscriptions(options: OwnOptions): OwnSubscriptions {
  const { subscriptions, turns, send } = options;
  const own = new Map<string, Subscription | symbol>();
  const sizes = new Map<string, number>();

  function settle(id: string, started: Start): void {
    if (!started.ok) {
      own.delete(id);
      return send(startError(id, started.errors));
    }
    const kept = [...sizes.values()].reduce((sum, size) => sum + size, started.keptCharacters);
    if (kept > MAX_CONNECTION_SUBSCRIPTION_CHARACTERS) {
      own.delete(id);
      return send(startError(id, [TOO_MUCH_KEPT]));
    }
    own.set(id, started.subscription);
    sizes.set(id, started.keptCharacters);
    subscriptions.add(started.subscription, started.query);
    send(startAck(id));
  }

  return {
    start: async (message) => {
      const { id } = message;
      if (own.has(id)) return send(startError(id, [duplicated(id)]));
      if (own.size >= MAX_CONNECTION_SUBSCRIPTIONS)
        return send(maxSubscriptions(id, MAX_CONNECTION_SUBSCRIPTIONS));
      const checking = Symbol(id);
      own.set(id, checking);
      const starting = startSubscription(options.api, {
        ...options,
        ...message,
        turn: async () => {
          await turns.take(own);
          return own.get(id) === checking;
        },
      });
      const started = await starting.catch((error: unknown) => failedStart(options.api, error));
      if (own.get(id) === checking) settle(id, started); // else it was stopped in the meantime
    },
    stop: ({ id }) => {
      const subscription = own.get(id);
      if (subscription === undefined) return send(startError(id, [unknownOperation(id)]));
      if (typeof subscription !== 'symbol') subscriptions.remove(subscription);
      own.delete(id);
      sizes.delete(id);
      send(complete(id));
    },
    endAll: () => {
      for (const subscription of own.values())
        if (typeof subscription !== 'symbol') subscriptions.remove(subscription);
      own.clear();
      sizes.clear();
    },
  };
}

function duplicated(id: string) {
  return { errorType: 'DuplicatedOperationError', message: `Duplicated operation with id ${id}` };
}

function unknownOperation(id: string) {
  return { errorType: 'UnknownOperationError', message: `Unknown operation id ${id}` };
}

/** A bug ends this subscription alone, not the process with everyone's; the log gets it, and the client its id. */
function failedStart({ onLog }: LoadedApi, error: unknown): Start {
  const id = logInternalError(error, onLog);
  const message = `The subscription could not be started: internal error (id ${id}).`;
  return { ok: false, errors: [{ errorType: 'InternalFailure', message }] };
}
