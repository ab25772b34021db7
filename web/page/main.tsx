import { render } from 'preact';
import { createClient } from '../../client/countersign.ts';
import { App } from './app.tsx';
import { loadConfig } from '../config.ts';
import { createServerClock } from '../serverClock.ts';
import { createInbox } from './orders/createInbox.ts';
import { createNotices } from './notices/createNotices.ts';
import { createOrders } from './orders/createOrders.ts';
import { createRecord } from './orders/createRecord.ts';
import { createPerson, createSignedInPerson } from './person/createPerson.ts';
import { createSignIn } from '../signIn/createSignIn.ts';

async function start(root: Element): Promise<void> {
  const config = await loadConfig();
  const clock = createServerClock(config);
  const { graphqlUrl: url, realtimeUrl, apiKey } = config;
  const { signIn: place } = config;
  const signIn = place === null ? null : await createSignIn(place, clock);
  const token = signIn?.token;
  const client = createClient({ url, apiKey, realtimeUrl, fetch: clock.fetch, token });
  await clock.ask().catch(() => {}); // the page itself says what does not work, and how it is mended
  const orders = createOrders();
  const notices = createNotices(clock);
  const inbox = createInbox({ client, clock, orders, heard: notices.show });
  const record = createRecord(client, orders);
  const person = signIn === null ? createPerson() : createSignedInPerson(signIn);
  render(<App {...{ client, config, clock, orders, inbox, record, person, notices }} />, root);
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
