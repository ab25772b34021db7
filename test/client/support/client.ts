import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../../client/countersign.ts';
import { startScriptedAppSync, type Script, type ScriptedAppSync } from './scriptedAppSync.ts';
import type { Timers } from '../../../client/platform.ts';

export type ScriptedClient = {
  readonly server: ScriptedAppSync;
  readonly client: Client;
  readonly timers: ImpatientTimers;
  /** Resolves as soon as the connection's state has this name. */
  readonly until: (name: string) => Promise<void>;
};

/** Half of the shortest wait: the random half of it is 0. */
const FIRST_RETRY_MILLISECONDS = 200;

/** Without retries a wait for the next try never ends. */
export type ScriptedClientOptions = { readonly isRetrying: boolean };

/** A client and the scripted service that it talks to. */
export async function scriptedClient(
  script?: Script,
  { isRetrying }: ScriptedClientOptions = { isRetrying: true },
): Promise<ScriptedClient> {
  const server = await startScriptedAppSync(script);
  onTestFinished(() => server.close());
  const timers = createImpatientTimers();
  const patient = {
    ...timers,
    setTimeout: (act: () => void, milliseconds: number) =>
      milliseconds === FIRST_RETRY_MILLISECONDS ? {} : timers.setTimeout(act, milliseconds),
  };
  const client = createClient({
    url: server.url,
    apiKey: 'da2-example',
    timers: isRetrying ? timers : patient,
    random: () => 0,
  });
  const until = (name: string) => {
    const reached = Promise.withResolvers<void>();
    const look = () => {
      if (client.connection.current().name === name) reached.resolve();
    };
    const unsubscribe = client.connection.subscribe(look);
    look();
    return reached.promise.finally(unsubscribe);
  };
  return { server, client, timers, until };
}

/** The waits that are part of the protocol: they pass only when a test says so. */
const PROTOCOL_MILLISECONDS = [5000, 15_000, 30_000, 35_000, 65_000, 90_000, 300_000, 3_540_000, 7_140_000];

export type ImpatientTimers = Timers & {
  /** Lets the long waits of exactly this length pass. */
  readonly pass: (milliseconds: number) => void;
  readonly waits: () => readonly number[];
};

/** Every other wait passes at once, so that a test waits for nothing. */
export function createImpatientTimers(): ImpatientTimers {
  const held = new Map<object, { readonly act: () => void; readonly milliseconds: number }>();
  const immediate = new Map<object, NodeJS.Immediate>();
  return {
    now: () => 0,
    setTimeout: (act, milliseconds) => {
      const timer = {};
      if (PROTOCOL_MILLISECONDS.includes(milliseconds)) held.set(timer, { act, milliseconds });
      else immediate.set(timer, setImmediate(act));
      return timer;
    },
    clearTimeout: (timer) => {
      if (typeof timer !== 'object' || timer === null) return;
      held.delete(timer);
      clearImmediate(immediate.get(timer));
    },
    pass: (milliseconds) => {
      const passing = [...held].filter(([, one]) => one.milliseconds === milliseconds);
      for (const [timer, { act }] of passing) if (held.delete(timer)) act();
    },
    waits: () => [...held.values()].map(({ milliseconds }) => milliseconds),
  };
}
