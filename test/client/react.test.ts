import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../client/countersign.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { launchBrowser } from '../web/support/browser.ts';
import { createOpenPage } from '../web/support/openPage.ts';
import { INSTALL_TIMEOUT_MILLISECONDS, installClient, type Installed } from './support/installClient.ts';

const ROOT = join(import.meta.dirname, '../..');
const browser = await launchBrowser();

/** What a program of its own does with the hooks, in React's strict mode. */
const PROGRAM = `import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from '@countersign/client';
import { useConnection, useOrder, usePendingOrders } from '@countersign/client/react';

const { url, apiKey, orderId } = Object.fromEntries(new URLSearchParams(location.search));
const client = createClient({ url, apiKey });
const shown = new Set();

function App() {
  const { state, order, error } = useOrder(client, orderId);
  const pending = usePendingOrders(client, { limit: 100 });
  const { name } = useConnection(client);
  shown.add(state);
  return createElement('ul', null,
    createElement('li', { id: 'order' }, [state, order?.orderDetails, order?.status, order?.history.length, error?.name].join(' ')),
    createElement('li', { id: 'pending' }, [pending.state, ...pending.orders.map((one) => one.orderId)].join(' ')),
    createElement('li', { id: 'connection' }, name),
    createElement('li', { id: 'shown' }, [...shown].join(' ')),
  );
}
createRoot(document.querySelector('#root')).render(createElement(StrictMode, null, createElement(App)));
`;
const PAGE = '<!doctype html><div id="root"></div><script type="module" src="/main.js"></script>';

/** Builds the program with Vite, as in a repository of its own, and answers the folder of the result. */
async function buildProgram({ folder }: Installed): Promise<string> {
  for (const name of ['react', 'react-dom']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
  writeFileSync(join(folder, 'main.js'), PROGRAM);
  writeFileSync(join(folder, 'index.html'), PAGE);
  await build({ root: folder, configFile: false, logLevel: 'error' });
  return join(folder, 'dist');
}

async function serve(folder: string) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const isScript = pathname.endsWith('.js');
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      pathname.includes('favicon') ? '' : readFileSync(join(folder, isScript ? pathname : 'index.html')),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, close: () => server.close() };
}

describe.skipIf(browser === null)('the hooks, in a program that Vite has built', () => {
  const openPage = createOpenPage(browser);
  let cloud: LocalCloud;
  let installed: Installed;
  let site: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    installed = installClient();
    site = await serve(await buildProgram(installed));
    cloud = await startLocalCloud();
  }, INSTALL_TIMEOUT_MILLISECONDS);
  afterAll(async () => {
    site?.close();
    installed?.remove();
    await cloud?.remove();
  });

  const client = () => createClient({ url: cloud.outputs().GraphQLUrl, apiKey: cloud.outputs().ApiKey });
  const open = (orderId: string, apiKey = cloud.outputs().ApiKey) =>
    openPage(`${site.url}/?${new URLSearchParams({ url: cloud.outputs().GraphQLUrl, apiKey, orderId })}`);

  test('follow an order from loading to its end, and the list of those that wait', async () => {
    const { orderId } = await client().processOrder({ orderId: 'hooked', orderDetails: 'Chairs' });

    const page = await open(orderId);
    await page.getByText('open Chairs PAUSED 3').waitFor();
    await page.getByText('ready hooked').waitFor();
    await page.getByText('live').waitFor();
    await client().confirmOrder({ orderId, isConfirmed: true });
    await page.getByText('ended Chairs COMPLETED 5').waitFor();
    await page.getByText('ready', { exact: true }).waitFor();

    expect(await page.locator('#shown').textContent()).toBe('loading open ended');
    expect(page.problems).toEqual([]);
  });

  test('show orders that come later, the nearest deadline first', async () => {
    const page = await open('none-yet');
    await page.getByText('ready', { exact: true }).waitFor();

    await client().processOrder({ orderId: 'later-1' });
    await page.getByText('ready later-1').waitFor();
    await client().processOrder({ orderId: 'later-2' });
    await page.getByText('ready later-1 later-2').waitFor();

    expect(await page.locator('#order').textContent()).toContain('error');
  });

  test('say that an order does not exist', async () => {
    const page = await open('not-there');

    await page.getByText('OrderNotFound').waitFor();

    expect(await page.locator('#order').textContent()).toMatch(/^error .*OrderNotFound$/);
    expect(page.problems).toEqual([]);
  });

  test('say that a key is wrong', async () => {
    const page = await open('hooked', 'da2-aaaaaaaaaaaaaaaaaaaaaaaaaa');

    await page.getByText('Unauthorized').waitFor();
    await page.getByText('error', { exact: true }).waitFor();

    expect(await page.locator('#connection').textContent()).toBe('offline');
  });
});
