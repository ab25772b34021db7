import type { Fetch } from '../../client/countersign.ts';
import type { Config } from './config.ts';

/** The cloud's time: this machine's clock may be wrong, and a test may move the cloud's. */
export type ServerClock = {
  readonly now: () => number;
  /** Something happened at this time, so it is at least as late. */
  readonly atLeast: (time: string) => void;
  /** Lets time pass in a cloud with test controls. */
  readonly advance: (duration: string) => Promise<void>;
  /** Asks a cloud with test controls what time it has. */
  readonly ask: () => Promise<void>;
  /** As fetch; learns the time from the answers. */
  readonly fetch: Fetch;
};

/** Answers name the time in whole seconds and take a moment. */
const TOLERANCE_MILLISECONDS = 2000;

export function createServerClock({ graphqlUrl, apiKey, testControls }: Config): ServerClock {
  let offset = 0;
  const learn = (time: number) => {
    const found = time - Date.now();
    if (Math.abs(found - offset) > TOLERANCE_MILLISECONDS) offset = found;
  };
  const control = async (options: RequestInit) => {
    const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
    const response = await fetch(new URL('/_local/clock', graphqlUrl), { ...options, headers });
    if (!response.ok) throw new Error(`The clock answered with status ${response.status}.`);
    const { now }: { now: string } = await response.json();
    offset = Date.parse(now) - Date.now();
  };
  return {
    now: () => Date.now() + offset,
    atLeast: (time) => {
      if (Date.parse(time) > Date.now() + offset + TOLERANCE_MILLISECONDS) learn(Date.parse(time));
    },
    advance: (duration) => control({ method: 'POST', body: JSON.stringify({ advance: duration }) }),
    ask: async () => {
      if (testControls) await control({ method: 'GET' });
    },
    fetch: async (url, options) => {
      const response = await fetch(url, options);
      const date = response.headers.get('date');
      if (date !== null && !testControls) learn(Date.parse(date));
      return response;
    },
  };
}
