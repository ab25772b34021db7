import type { Refusal } from '../access/authenticate.ts';
import type { ErrorShape } from '../execution/formatError.ts';

/** Clients wait so long for the next keep-alive before they reconnect. */
const CONNECTION_TIMEOUT_MILLISECONDS = 300_000;

/** What the server may say. */
export const SERVER_MESSAGES = [
  'connection_ack',
  'ka',
  'start_ack',
  'data',
  'complete',
  'error',
  'connection_error',
] as const;

type Message = {
  readonly id?: string;
  readonly type: (typeof SERVER_MESSAGES)[number];
  readonly payload?: unknown;
};

export const KEEP_ALIVE = textOf({ type: 'ka' });
export const ACKNOWLEDGED = textOf({
  type: 'connection_ack',
  payload: { connectionTimeoutMs: CONNECTION_TIMEOUT_MILLISECONDS },
});
/** What `subscribe` of graphql-transport-ws, an unknown type or a broken frame gets; it has no id. */
export const UNSUPPORTED = textOf({
  type: 'error',
  payload: {
    errors: [
      {
        errorType: 'UnsupportedOperation',
        message: 'unknown not supported through the realtime channel',
      },
    ],
  },
});

export function connectionError(error: ErrorShape): string {
  return textOf({ payload: { errors: [error] }, type: 'connection_error' });
}

export function startAck(id: string): string {
  return textOf({ id, type: 'start_ack' });
}

export function complete(id: string): string {
  return textOf({ id, type: 'complete' });
}

/** What a client gets whose subscription was invalidated, before its connection is closed. */
export function invalidated(id: string): string {
  return textOf({ id, type: 'complete', payload: { message: 'Subscription complete.' } });
}

export function startError(id: string, errors: readonly ErrorShape[]): string {
  return textOf({ id, type: 'error', payload: { errors } });
}

/** AppSync sends an object here where every other error has a list. */
export function maxSubscriptions(id: string, limit: number): string {
  const errors = {
    errorType: 'MaxSubscriptionsReachedError',
    message: `Max number of ${limit} subscriptions reached`,
  };
  return textOf({ id, type: 'error', payload: { errors } });
}

function textOf(message: Message): string {
  return JSON.stringify(message);
}

/**
 * Both clients stop reconnecting only when an error has a code. Over sockets AppSync has one name for every credential
 * that does not hold, and Amplify looks for it.
 */
export function refusalError({ status, errorType, message }: Refusal): ErrorShape {
  return { errorType: status === 403 ? 'UnauthorizedException' : errorType, message, errorCode: status };
}
