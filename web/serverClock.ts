import type { Fetch } from '../client/countersign.ts';
import type { Config } from './config.ts';

/** The cloud's time: this machine's clock may be wrong, and a test may move the cloud's. */
export type ServerClock = {
  readonly now: () => number;
  /** Calls the listener when the clock was put to another time, until the answered function is called. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Something happened at this time, so it is at least as late. */
  readonly atLeast: (time: string) => void;
  /** Lets time pass in a cloud with test controls; `duration` is one of ISO 8601. */
  readonly advance: (duration: string) => Promise<void>;
  /** Asks a cloud with test controls what time it has. */
  readonly ask: () => Promise<void>;
  /** As fetch; learns the time from the answers. */
  readonly fetch: Fetch;
};

/** Answers name the time in whole seconds and take a moment. */
const TOLERANCE_MILLISECONDS = 2000;
/** Windows of one browser tell each other that they moved the clock. */
const CHANNEL = 'countersign/clock';

export function createServerClock({ graphqlUrl, apiKey, testControls }: Config): ServerClock {
  let offset = 0;
  const listeners = new Set<() => void>();
  const windows = testControls ? new BroadcastChannel(CHANNEL) : null;
  const put = (next: number) => {
    if (Math.abs(next - offset) <= TOLERANCE_MILLISECONDS) return;
    offset = next;
    for (const listener of listeners) listener();
  };
  const control = async (options: RequestInit) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
    const response = await fetch(new URL('/_local/clock', graphqlUrl), { ...options, headers });
    if (!response.ok) throw new Error(`The clock answered with status ${response.status}.`);
    const { now }: { now: string } = await response.json();
    put(Date.parse(now) - Date.now());
  };
  const ask = async () => {
    if (testControls) await control({ method: 'GET' });
  };
  windows?.addEventListener('message', () => void ask().catch(() => {}));
  return {
    now: () => Date.now() + offset,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    atLeast: (time) => {
      const found = Date.parse(time) - Date.now();
      if (found > offset) put(found);
    },
    advance: async (duration) => {
      await control({ method: 'POST', body: JSON.stringify({ advance: duration }) });
      windows?.postMessage(duration);
    },
    ask,
    fetch: async (url, options) => {
      const response = await fetch(url, options);
      const date = response.headers.get('date');
      if (date !== null && !testControls) put(Date.parse(date) - Date.now());
      return response;
    },
  };
}
