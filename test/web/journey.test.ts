import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { launchBrowser } from './support/browser.ts';
import { accessibilityProblems, createOpenPage, keepPicture, type OpenedPage } from './support/openPage.ts';

const browser = await launchBrowser();

describe.skipIf(browser === null)('an approval on the page', () => {
  const openPage = createOpenPage(browser);
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud?.remove());

  const open = (path = '/') => openPage(`${cloud.endpoint()}${path}`);
  const placeOrder = async (orderId: string, orderDetails: string) => {
    await processOrder(cloud.outputs(), { orderId, orderDetails });
  };
  const status = (page: OpenedPage) => page.locator('.facts .badge');
  const untilStatus = (page: OpenedPage, word: string) => status(page).getByText(word).waitFor();

  it('needs no explanation: place an order, approve it in a second window, watch the first one change', async () => {
    const first = await open();
    await first.getByRole('button', { name: 'Place an order' }).click();
    await first.getByLabel('What is it about?').fill('Twelve office chairs\nErgo Ltd, 3,480.00 EUR');
    await first.getByRole('button', { name: 'Place order' }).click();
    await untilStatus(first, 'Waiting for a decision');

    const second = await open();
    await second.getByLabel('You are').fill('Grace');
    await second.getByText('Twelve office chairs').click();
    await second.getByRole('button', { name: 'Confirm' }).click();

    await untilStatus(first, 'Completed');
    expect(await first.locator('.timeline .what').allTextContents()).toEqual([
      'Received',
      'Processing',
      'Waiting for a decision',
      'Confirmed by Grace',
      expect.stringContaining('Completed'),
    ]);
    expect(await accessibilityProblems(first)).toEqual([]);
    await keepPicture(first, 'journey-approved');
    expect([...first.problems, ...second.problems]).toEqual([]);
  });

  it('can be done without a mouse', async () => {
    const page = await open();
    await page.getByText('Nothing waits for you').waitFor();

    await page.getByRole('button', { name: 'New order' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('A golden stapler');
    await page.keyboard.press('Control+Enter');
    await untilStatus(page, 'Waiting for a decision');
    await page.getByRole('button', { name: 'Reject…' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('We have staplers');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await untilStatus(page, 'Rejected');

    expect(await page.locator('.timeline .why').first().textContent()).toBe('We have staplers');
  });

  it('takes the form away when somebody else decides while one is writing', async () => {
    await placeOrder('two-at-once', 'Train to Vienna');
    const [first, second] = await Promise.all([open('/#/orders/two-at-once'), open('/#/orders/two-at-once')]);
    await second.getByRole('button', { name: 'Reject…' }).click();
    await second.getByLabel('Why do you reject it?').fill('Too far');

    await first.getByLabel('You are').fill('Ada');
    await first.getByRole('button', { name: 'Confirm' }).click();

    await untilStatus(second, 'Completed');
    expect(await second.getByLabel('Why do you reject it?').count()).toBe(0);
    expect(await second.locator('.timeline').textContent()).toContain('Confirmed by Ada');
  });

  it('tells the one who was late which decision stands', async () => {
    await placeOrder('too-late', 'Licence');
    const [first, second] = await Promise.all([open('/#/orders/too-late'), open()]);
    await second.routeWebSocket('**/graphql/realtime', (socket) => {
      const server = socket.connectToServer();
      server.onMessage((text) => {
        if (!String(text).includes('onOrderStatus')) socket.send(text);
      });
    });
    await second.goto(`${cloud.endpoint()}/#/orders/too-late`);
    await second.reload();
    await second.getByRole('button', { name: 'Confirm' }).waitFor();

    await first.getByLabel('You are').fill('Ada');
    await first.getByRole('button', { name: 'Reject…' }).click();
    await first.getByRole('button', { name: 'Reject order' }).click();
    await untilStatus(first, 'Rejected');
    await second.getByRole('button', { name: 'Confirm' }).click();

    const outcome = second.locator('.outcome');
    await outcome.waitFor();
    expect(await outcome.textContent()).toContain('Somebody else decided first. Ada rejected this order.');
    await keepPicture(second, 'journey-too-late');
  });

  it('lets three days pass', async () => {
    await placeOrder('expires', 'Nobody looks at this one');
    const page = await open('/#/orders/expires');
    await untilStatus(page, 'Waiting for a decision');

    await page.getByRole('button', { name: 'Let 3 days pass' }).click();

    await untilStatus(page, 'Expired');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('goes on when the server is killed and started again under the open page', async () => {
    await placeOrder('survivor', 'Chairs for the new floor');
    const page = await open('/#/orders/survivor');
    await untilStatus(page, 'Waiting for a decision');

    await cloud.end('SIGKILL');
    await page.locator('.connection.offline').waitFor();
    await keepPicture(page, 'journey-offline');
    await cloud.start();
    await page.locator('.connection.live').waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await untilStatus(page, 'Completed');

    const versions = await page.locator('.timeline li').count();
    expect(versions).toBe(5);
  });

  it('runs every example of the playground, with live events beside them', async () => {
    const page = await open('/playground');
    const run = async (tab: string, answer: string) => {
      await page.getByRole('tab').filter({ hasText: tab }).click();
      await page.getByRole('button', { name: /^Execute/ }).click();
      await page.locator('.result-window').getByText(answer).first().waitFor();
    };
    const live = page.getByLabel('Live events');
    await live.getByText('live', { exact: true }).waitFor();

    await run('Process', 'order-1');
    await live.getByText('PAUSED').waitFor();
    await run('Look', 'Twelve office chairs');
    await run('Pending', 'pendingOrders');
    await run('Confirm', 'CONFIRMED');
    await live.getByText('COMPLETED').waitFor();
    await keepPicture(page, 'journey-playground');
    await run('Reject', 'We have staplers');
    await run('Cancel', 'Ordered twice');
    await live.getByText('CANCELLED').waitFor();

    expect(page.problems).toEqual([]);
  });

  it('has the documentation, the key and the history at hand in the playground', async () => {
    const page = await open('/playground');
    await page.getByRole('button', { name: /^Execute/ }).click();
    await page.locator('.result-window').getByText('order-1').first().waitFor();

    await page.getByRole('button', { name: 'Headers' }).click();
    await page.getByText(cloud.outputs().ApiKey).waitFor();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Mutation', { exact: true }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Start an order.').waitFor();
    await keepPicture(page, 'playground-documentation');
    await page.getByRole('button', { name: 'Show History' }).click();
    await page.locator('.graphiql-history').getByText('Process').first().waitFor();

    expect(page.problems).toEqual([]);
  });

  it('subscribes in the playground over the protocol of AppSync', async () => {
    const page = await open('/playground');
    await page.getByLabel('Live events').getByText('live', { exact: true }).waitFor();
    await page.getByRole('tab').filter({ hasText: 'Follow' }).click();
    const acknowledged = Promise.withResolvers<string>();
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('start_ack')) acknowledged.resolve(socket.url());
      }),
    );
    await page.getByRole('button', { name: /^Execute/ }).click();
    const url = await acknowledged.promise;

    await placeOrder('followed', 'Seen in the playground');

    await page.locator('.result-window').getByText('followed').first().waitFor();
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/graphql\/realtime$/);
  });
});
