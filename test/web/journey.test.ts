import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmOrder, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { untilOrder } from '../support/follow.ts';
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

  const open = (path = '/', name?: string) =>
    openPage(`${cloud.endpoint()}${path}`, name === undefined ? {} : { name });
  const placeOrder = async (orderId: string, orderDetails: string) => {
    await processOrder(cloud.outputs(), { orderId, orderDetails });
    await untilOrder(cloud.outputs(), orderId, (order) => order.status === 'PAUSED');
  };
  const status = (page: OpenedPage) => page.locator('.facts .badge');
  const untilStatus = (page: OpenedPage, word: string) => status(page).getByText(word).waitFor();
  const strip = (page: OpenedPage) => page.getByRole('complementary', { name: 'Local cloud' });

  test('needs no explanation: place an order, approve it in a second window, watch the first one change', async () => {
    const first = await open();
    await first.getByRole('button', { name: 'Place an order' }).click();
    await first.getByLabel('What is it about?').fill('Twelve office chairs\nErgo Ltd, 3,480.00 EUR');
    await first.getByLabel('Who asks for it?').fill('Ada');
    await first.getByRole('button', { name: 'Place order' }).click();
    await untilStatus(first, 'Waiting for a decision');

    const second = await open();
    await second.getByText('Twelve office chairs').click();
    await second.locator('.facts').getByText('Asked by Ada').waitFor();
    await second.getByLabel('Note').fill('For the third floor only');
    await second.getByRole('button', { name: 'Confirm' }).click();
    await second.getByLabel('Your name').fill('Grace');
    await second.getByRole('button', { name: 'Continue' }).click();

    await untilStatus(first, 'Completed');
    expect(await first.locator('.timeline .what').allTextContents()).toEqual([
      'Received from Ada',
      'Processing',
      'Waiting for a decision',
      'Confirmed by Grace',
      expect.stringContaining('Completed'),
    ]);
    expect(await first.locator('.outcome').textContent()).toMatch(
      /^Confirmed by Grace, .+\.For the third floor only$/,
    );
    expect(await accessibilityProblems(first)).toEqual([]);
    await keepPicture(first, 'journey-approved');
    expect([...first.problems, ...second.problems]).toEqual([]);
  });

  test('can be done without a mouse', async () => {
    const page = await open('/', 'Ada');
    await page.getByText('No order waits for a decision').waitFor();

    await page.getByRole('button', { name: 'New order' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('A golden stapler');
    await page.keyboard.press('Control+Enter');
    await untilStatus(page, 'Waiting for a decision');
    await page.getByRole('button', { name: 'Reject…' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('We have staplers');
    await page.keyboard.press('Control+Enter');
    await untilStatus(page, 'Rejected');

    expect(await page.locator('.timeline .why').first().textContent()).toBe('We have staplers');
  });

  test('tells the one who was late which decision stands', async () => {
    await placeOrder('too-late', 'Licence');
    const [first, second] = await Promise.all([open('/#/orders/too-late', 'Ada'), open('/', 'Grace')]);
    await second.routeWebSocket('**/graphql/realtime', (socket) => {
      const server = socket.connectToServer();
      server.onMessage((text) => {
        if (!String(text).includes('onOrderStatus')) socket.send(text);
      });
    });
    await second.goto(`${cloud.endpoint()}/#/orders/too-late`);
    await second.reload();
    await second.getByRole('button', { name: 'Confirm' }).waitFor();

    await first.getByRole('button', { name: 'Reject…' }).click();
    await first.getByRole('button', { name: 'Reject order' }).click();
    await untilStatus(first, 'Rejected');
    await second.getByRole('button', { name: 'Confirm' }).click();

    const receipt = second.locator('.receipt');
    await receipt.waitFor();
    expect(await receipt.textContent()).toContain('Somebody else decided first. Ada rejected this order');
    await keepPicture(second, 'journey-too-late');
  });

  test('keeps a record of what was decided that outlives a reload', async () => {
    await placeOrder('recorded', 'Chairs for the record');
    const page = await open('/#/orders/recorded', 'Ada');
    await page.getByLabel('Note').fill('Only the blue ones');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await untilStatus(page, 'Completed');

    await page.goto(cloud.endpoint());
    await page.getByRole('button', { name: 'Decided' }).click();

    const row = page.locator('.row.decided').filter({ hasText: 'Chairs for the record' });
    expect(await row.locator('.row-facts').textContent()).toBe('Confirmed by Ada: Only the blue ones');
  });

  test('lets time pass step by step, so that reminders are seen, and in every window', async () => {
    await placeOrder('expires', 'An order without a decision');
    const [page, other] = [await open('/#/orders/expires'), await open('/#/orders/expires')];
    await untilStatus(page, 'Waiting for a decision');
    const before = await strip(other).locator('time').getAttribute('datetime');

    await strip(page).getByRole('button', { name: 'To the next deadline' }).click();
    await untilStatus(page, 'Expired');
    await strip(page).getByRole('button', { name: '+1 hour' }).waitFor();

    expect(await page.locator('.timeline .what').allTextContents()).toEqual([
      'Received',
      'Processing',
      'Waiting for a decision',
      expect.stringContaining('Reminder 1: still waiting'),
      expect.stringContaining('Reminder 2: still waiting'),
      expect.stringContaining('Expired'),
    ]);
    expect(await page.locator('.outcome').textContent()).toMatch(
      /^No decision was made before .+, so the order expired\.$/,
    );
    await other.waitForFunction((then) => {
      const now = document.querySelector('.local time')?.getAttribute('datetime') ?? '';
      return Date.parse(now) - Date.parse(then) >= 71 * 3_600_000;
    }, before ?? '');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('asks before it lets orders expire', async () => {
    await placeOrder('kept-1', 'An order to keep');
    await placeOrder('kept-2', 'Another one');
    const page = await open('/#/orders/kept-1', 'Ada');
    await untilStatus(page, 'Waiting for a decision');
    await page.getByText('Another one').first().waitFor(); // the list may come after the order
    await cloud.advance('PT60H');

    await strip(page).getByRole('button', { name: '+1 day' }).click();
    await strip(page).getByText('2 orders expire by then.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await strip(page).getByRole('button', { name: 'Stay' }).click();

    for (const orderId of ['kept-1', 'kept-2']) {
      await confirmOrder(cloud.outputs(), { orderId, isConfirmed: true });
    }
    await untilStatus(page, 'Completed');
  });

  test('lets no time pass before it is known what would expire', async () => {
    const page = await open();
    const answered = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('pendingOrders') === true) await answered.promise;
      await route.continue();
    });
    await page.reload();
    const time = strip(page).locator('time');
    const before = await time.textContent();

    await strip(page).getByRole('button', { name: '+1 day' }).click({ force: true });
    expect(await strip(page).getByRole('button', { name: '+1 day' }).isDisabled()).toBe(true);
    answered.resolve();
    await expect.poll(() => strip(page).getByRole('button', { name: '+1 day' }).isDisabled()).toBe(false);

    expect(await time.textContent()).toBe(before);
  });

  test('keeps the focus on the button that moves the clock', async () => {
    await placeOrder('clock-by-key', 'An order to let expire');
    const page = await open('/', 'Ada');
    await page.getByText('An order to let expire').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    const time = () => strip(page).locator('time').getAttribute('datetime');

    const before = await time();
    await strip(page).getByRole('button', { name: '+1 hour' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(time).not.toBe(before);
    await expect.poll(focused).toBe('+1 hour');
    await cloud.advance('PT60H');
    await strip(page).getByRole('button', { name: '+1 day' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Stay');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('+1 day');
    await strip(page).getByRole('button', { name: 'To the next deadline' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('No order waits for a decision').waitFor();

    await expect.poll(focused).toBe('To the next deadline');
  });

  test('shows what the local cloud has counted', async () => {
    await placeOrder('counted', 'An order to count');
    const page = await open();

    await strip(page).getByRole('button', { name: 'Metrics' }).click();

    const row = page.getByRole('row').filter({ hasText: 'ExecutionsStarted' });
    await row.waitFor();
    expect(Number(await row.getByRole('cell').nth(1).textContent())).toBeGreaterThan(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('goes on when the server is killed and started again under the open page', async () => {
    await placeOrder('survivor', 'Chairs for the new floor');
    const page = await open('/#/orders/survivor');
    await untilStatus(page, 'Waiting for a decision');

    await cloud.end('SIGKILL');
    await page.locator('.connection.offline').waitFor();
    await keepPicture(page, 'journey-offline');
    await cloud.start();
    await page.locator('.connection.live').waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByLabel('Your name').fill('Ada');
    await page.keyboard.press('Enter');
    await untilStatus(page, 'Completed');

    const versions = await page.locator('.timeline li').count();
    expect(versions).toBe(5);
  });

  test('runs every example of the playground, with live events beside them', async () => {
    const page = await open('/playground');
    const run = async (tab: string, answer: string) => {
      await page.getByRole('tab').filter({ hasText: tab }).click();
      await page.getByRole('button', { name: /^Execute/ }).click();
      await page.locator('.result-window').getByText(answer).first().waitFor();
    };
    const live = page.getByLabel('Live events');
    await live.getByText('live', { exact: true }).waitFor();

    await run('Process', 'RECEIVED');
    await live.getByText('PAUSED').first().waitFor();
    await run('Look', 'Twelve office chairs');
    await run('Pending', 'pendingOrders');
    await run('Confirm', 'CONFIRMED');
    await live.getByText('COMPLETED').first().waitFor();
    await keepPicture(page, 'journey-playground');
    await run('Reject', 'We have staplers');
    await run('Cancel', 'Ordered twice');
    await live.getByText('CANCELLED').first().waitFor();

    expect(page.problems).toEqual([]);
  });

  test('has the documentation, the key and the history at hand in the playground', async () => {
    const page = await open('/playground');
    await page.getByRole('button', { name: /^Execute/ }).click();
    await page.locator('.result-window').getByText('RECEIVED').first().waitFor();

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

  test('subscribes in the playground over the protocol of AppSync', async () => {
    const page = await open('/playground');
    const acknowledged: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('start_ack')) acknowledged.push(socket.url());
      }),
    );
    await page.reload();
    await page.getByLabel('Live events').getByText('live', { exact: true }).waitFor();
    await page.getByRole('tab').filter({ hasText: 'Follow' }).click();
    await page.getByRole('button', { name: /^Execute/ }).click();
    await expect.poll(() => acknowledged.length).toBe(2); // that of the live events, and that of the editor

    await placeOrder('followed', 'Seen in the playground');

    await page.locator('.result-window').getByText('followed').first().waitFor();
    expect(acknowledged[1]).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/graphql\/realtime$/);
  });
});
