import { render } from 'preact';
import { createClient } from '../../client/countersign.ts';
import { App } from './app.tsx';
import { loadConfig } from './config.ts';
import { createInbox } from './createInbox.ts';
import { createServerClock } from './serverClock.ts';

async function start(root: Element): Promise<void> {
  const config = await loadConfig();
  const clock = createServerClock(config);
  const { graphqlUrl: url, realtimeUrl, apiKey } = config;
  const client = createClient({ url, apiKey, realtimeUrl, fetch: clock.fetch });
  await clock.ask();
  const inbox = createInbox(client, clock);
  render(<App client={client} clock={clock} inbox={inbox} hasTestControls={config.testControls} />, root);
}

function sayWhyNot(root: Element, error: unknown): void {
  const reason = error instanceof Error ? error.message : 'Something unexpected happened.';
  render(
    <main class="cannot-start">
      <h1>The page cannot start</h1>
      <p role="alert">{reason}</p>
      <button type="button" onClick={() => location.reload()}>
        Try again
      </button>
    </main>,
    root,
  );
}

const root = document.querySelector('#root');
if (root !== null) start(root).catch((error: unknown) => sayWhyNot(root, error));
