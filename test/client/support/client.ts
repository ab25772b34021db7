import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../../client/createClient.ts';
import { createImpatientTimers, type ImpatientTimers } from './impatientTimers.ts';
import { startScriptedAppSync, type Script, type ScriptedAppSync } from './scriptedAppSync.ts';

export type ScriptedClient = {
  readonly server: ScriptedAppSync;
  readonly client: Client;
  readonly timers: ImpatientTimers;
  /** Resolves as soon as the connection's state has this name. */
  readonly until: (name: string) => Promise<void>;
};

/** A client and the scripted service that it talks to. */
export async function scriptedClient(script?: Script): Promise<ScriptedClient> {
  const server = await startScriptedAppSync(script);
  onTestFinished(() => server.close());
  const timers = createImpatientTimers();
  const client = createClient({ url: server.url, apiKey: 'da2-example', timers, random: () => 0 });
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
