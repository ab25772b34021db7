import { describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import {
  DESKTOP,
  PHONE,
  accessibilityProblems,
  createOpenPage,
  fakeCloud,
  keepPicture,
} from './support/openPage.ts';

const browser = await launchBrowser();

describe.skipIf(browser === null)('the page', () => {
  const openPage = createOpenPage(browser);

  test('lists what waits by urgency, the nearest deadline first, in one line each', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('later', 'Chairs', { hoursLeft: 70, requestedBy: 'Grace' });
    cloud.addPaused('soon', 'Licence', { hoursLeft: 0.5 });
    cloud.addPaused('between', 'Train', { hoursLeft: 20 });

    const page = await openPage(cloud.url);
    await page.getByText('Licence').waitFor();

    expect(await page.locator('.group h2').allTextContents()).toEqual([
      'Within the hour 1',
      'Within a day 1',
      'Later 1',
    ]);
    expect(await page.locator('.row-title').allTextContents()).toEqual(['Licence', 'Train', 'Chairs']);
    expect(await page.locator('.row .countdown').allTextContents()).toEqual(['29 min', '19 h', '2 d 22 h']);
    expect(await page.locator('.row-who').allTextContents()).toEqual(['soon', 'between', 'Grace']);
    const heights = await page.locator('.row').evaluateAll((rows) => rows.map((row) => row.clientHeight));
    expect(Math.max(...heights)).toBeLessThanOrEqual(44);
    expect(page.problems).toEqual([]);
  });

  test('says that nothing waits, and offers to place an order', async () => {
    const cloud = await fakeCloud();

    const page = await openPage(cloud.url);
    await page.getByText('No order waits for a decision').waitFor();

    expect(await accessibilityProblems(page)).toEqual([]);
    await keepPicture(page, 'page-empty');
    expect(page.problems).toEqual([]);
  });

  test('shows that it is loading', async () => {
    const cloud = await fakeCloud();
    const page = await openPage(cloud.url);
    await page.route('**/graphql', () => {});

    await page.reload();

    await page.getByText('Loading the orders').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('shows what was decided while it was being connected', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('stapler', 'A golden stapler');
    const page = await openPage(cloud.url);
    const connected = Promise.withResolvers<void>();
    await page.routeWebSocket('**/realtime', (socket) => {
      socket.connectToServer().onMessage(async (message) => {
        await connected.promise;
        socket.send(message);
      });
    });
    await page.reload();
    await page.getByText('A golden stapler').waitFor();

    cloud.decide('stapler', 'REJECTED', 'Ada');
    connected.resolve();
    await page.getByText('No order waits for a decision').waitFor();
    await page.getByRole('button', { name: 'Decided' }).click();

    await page.getByText('Rejected by Ada').waitFor();
    expect(page.problems).toEqual([]);
  });

  test.each([
    ['on a desk', { viewport: DESKTOP }],
    ['in the dark', { viewport: DESKTOP, colorScheme: 'dark' as const }],
    ['on a phone', { viewport: PHONE }],
  ])('breaks no accessibility rule %s', async (name, options) => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Twelve office chairs\nErgo Ltd: https://example.com', {
      requestedBy: 'Grace',
    });
    cloud.addPaused('licence', 'Licence \u202Ex', { hoursLeft: 0.5 });
    cloud.addPaused('stapler', 'A golden stapler');
    cloud.decide('stapler', 'REJECTED', 'Ada', 'We have staplers');
    cloud.addPaused('broken', 'Server move');
    cloud.end('broken', 'FAILED', 'The workflow failed with Sandbox.Timedout.');

    const page = await openPage(cloud.url, options);
    const check = async () => expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByText('Twelve office chairs').waitFor();
    await check();
    await page.getByRole('button', { name: 'Decided' }).click();
    await page.getByText('Server move').click();
    await page.getByText('A step took too long and was stopped.').first().waitFor();
    await check();
    await page.goto(`${cloud.url}/#/orders/chairs`);
    await page.getByRole('button', { name: 'Reject…' }).waitFor();
    await check();
    await page.getByRole('button', { name: 'Reject…' }).click();
    await check();
    await keepPicture(page, `page-${name.replaceAll(' ', '-')}`);
    await page.getByRole('button', { name: 'Reject order' }).click();
    await page.getByLabel('Your name').waitFor();
    await check();
    await page.getByLabel('Your name').fill('Ada');
    await page.keyboard.press('Enter');
    await page.getByText('You rejected this order').waitFor();
    await check();
    await page.goto(cloud.url);
    await page.getByRole('button', { name: 'New order' }).click();
    await check();

    expect(page.problems).toEqual([]);
  });

  test.each([
    ['a small phone', { width: 320, height: 640 }],
    ['a tablet', { width: 768, height: 1024 }],
    ['a laptop at 200 %', { width: 640, height: 400 }],
  ])('fits %s, with room for a note beside the decision', async (_what, viewport) => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'A'.repeat(300), { requestedBy: 'B'.repeat(256) });

    const page = await openPage(`${cloud.url}/#/orders/chairs`, { viewport });
    await page.getByRole('button', { name: 'Confirm' }).waitFor();

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    expect((await page.getByLabel('Note').boundingBox())?.width).toBeGreaterThan(180);
    expect((await page.locator('.decision').boundingBox())?.height).toBeLessThan(viewport.height / 3);
  });

  test('names the order in the title of the tab', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Twelve office chairs');
    cloud.addPaused('licence', 'Licence');

    const page = await openPage(cloud.url);
    await page.getByText('Twelve office chairs').click();
    await page.waitForFunction(() => document.title.includes('chairs'));

    expect(await page.title()).toBe('(2) Twelve office chairs · Countersign');
  });

  test('finds among a thousand orders, and opens any order by its number', async () => {
    const cloud = await fakeCloud();
    for (let index = 0; index < 1000; index += 1) {
      cloud.addPaused(`order-${index}`, `Request ${index}`, { hoursLeft: 24 + index / 60 });
    }
    cloud.addPaused('old', 'An old order');
    cloud.decide('old', 'REJECTED', 'Ada', 'Too dear');
    const page = await openPage(cloud.url);
    await page.getByText('1000').first().waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('request 977');
    await page.locator('.row-title').getByText('Request 977').waitFor();
    expect(await page.locator('.row').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.locator('h1').getByText('Request 977').waitFor();
    await page.keyboard.press('/');
    await page.locator('#search').fill('old');
    await page.keyboard.press('Enter');

    await page.locator('.outcome').getByText('Rejected by Ada').waitFor();
    expect(page.url()).toBe(`${cloud.url}/#/orders/old`);
  });

  test('needs no mouse', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('first', 'Chairs', { hoursLeft: 10 });
    cloud.addPaused('second', 'Licence', { hoursLeft: 20 });
    const page = await openPage(cloud.url, { name: 'Ada' });
    await page.getByText('Chairs').waitFor();

    await page.locator('.row').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('h1').getByText('Licence').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Confirm');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Too dear');
    await page.keyboard.press('Control+Enter');
    await page.locator('.facts').getByText('Rejected').waitFor();

    expect(await page.locator('.timeline .why').textContent()).toBe('Too dear');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Next: Chairs');
  });

  test('can be used within 200 ms of its document', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    const page = await openPage('about:blank');
    await page.addInitScript(() => {
      const watcher = new MutationObserver(() => {
        if (document.querySelector('.row') !== null) performance.mark('usable');
      });
      watcher.observe(document, { childList: true, subtree: true });
    });
    const times: number[] = [];

    for (let visit = 0; visit < 7; visit += 1) {
      await page.goto(cloud.url);
      await page.locator('.row').waitFor();
      times.push(
        await page.evaluate(() => {
          const [document] = performance.getEntriesByType('navigation');
          const [usable] = performance.getEntriesByName('usable');
          const arrived = document instanceof PerformanceNavigationTiming ? document.responseEnd : NaN;
          return (usable?.startTime ?? NaN) - arrived;
        }),
      );
    }

    const median = times.toSorted((left, right) => left - right)[3];
    expect(median).toBeLessThanOrEqual(200);
  });
});
