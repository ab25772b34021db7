import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../../client/countersign.ts';
import { createImpatientTimers, type ImpatientTimers } from './impatientTimers.ts';
import { startScriptedAppSync, type Script, type ScriptedAppSync } from './scriptedAppSync.ts';

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
