import type { Ask } from '../ask.ts';
import { parseHint } from '../answers/parseHint.ts';
import type { OrderEvents, WatchOptions } from '../client.ts';
import type { Environment } from '../environment.ts';
import type { Operation } from '../operations.ts';
import type { Payload } from '../realtime/payload.ts';
import type { Realtime } from '../realtime/createRealtime.ts';
import type { OrderStatusEvent } from '../schema.generated.ts';
import { createChannel } from './createChannel.ts';
import { createResync, type Resync } from './createResync.ts';

/** What a watch works with. */
export type Watching = {
  readonly environment: Environment;
  readonly ask: Ask;
  readonly realtime: Realtime;
};

/** One iteration over events: everything that it began ends with it. */
export type Watch = {
  readonly push: (event: OrderStatusEvent) => void;
  readonly end: () => void;
  readonly iterator: OrderEvents;
  readonly ask: <Answer>(operation: Operation<Answer>, variables: unknown) => Promise<Answer>;
  /** `look` asks the API; it answers whether everything that is known to be missing has been found. */
  readonly resync: (look: () => Promise<boolean>) => Resync;
  /** `missed` is called when the service begins to listen, and whenever an event may have been lost. */
  readonly follow: (
    query: string,
    variables: unknown,
    missed: () => void,
    hear: (event: OrderStatusEvent | null) => void,
  ) => void;
};

export function createWatch({ environment, ask, realtime }: Watching, { signal }: WatchOptions = {}): Watch {
  const stopping = new AbortController();
  const ends = [() => stopping.abort()];
  const { push, end, fail, iterator } = createChannel<OrderStatusEvent>(() => {
    for (const stop of ends) stop();
  });
  return {
    push,
    end,
    iterator,
    ask: (operation, variables) => ask(operation, variables, stopping),
    resync: (look) => {
      const resync = createResync({ environment, look, failed: fail, catchingUp: realtime.catchingUp });
      ends.push(resync.stop);
      return resync;
    },
    follow: (query, variables, missed, hear) => {
      if (signal?.aborted === true) return end();
      const data = (payload: Payload) => hear(parseHint(payload['data']));
      ends.push(realtime.subscribe({ query, variables, missed, data, failed: fail }));
      signal?.addEventListener('abort', end);
      ends.push(() => signal?.removeEventListener('abort', end));
    },
  };
}
