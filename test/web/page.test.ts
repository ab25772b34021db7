import { describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { accessibilityProblems, createOpenPage, keepPicture } from './support/openPage.ts';
import { startFakeCloud } from './support/fakeCloud.ts';

const PHONE = { width: 390, height: 800 };
const HOSTILE = '<img src=x onerror=alert(1)><script>alert(2)</script> & "quotes"';
const DECISION = {
  kind: 'REJECTED',
  decidedBy: 'Ada',
  isVerified: false,
  reason: 'Too dear',
  at: '2026-01-01T00:00:00.000Z',
};

async function fakeCloud() {
  const cloud = await startFakeCloud();
  onTestFinished(() => cloud.server.close());
  return cloud;
}

const refusal = (errorType: string, errorInfo: unknown) => ({
  status: 200,
  body: JSON.stringify({ data: null, errors: [{ errorType, errorInfo, message: 'It was refused.' }] }),
});

const browser = await launchBrowser();

describe.skipIf(browser === null)('the page', () => {
  const openPage = createOpenPage(browser);

  it('lists what waits, the nearest deadline first', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('later', 'Chairs', 70);
    cloud.addPaused('soon', 'Licence', 0.5);
    cloud.addPaused('between', 'Train', 20);

    const page = await openPage(cloud.url);
    await page.getByText('Licence').waitFor();

    expect(await page.locator('.row-title').allTextContents()).toEqual(['Licence', 'Train', 'Chairs']);
    expect(await page.locator('.row .countdown').allTextContents()).toEqual([
      expect.stringMatching(/^29 min \d+ s left$/),
      expect.stringMatching(/^19 h 59 min left$/),
      expect.stringMatching(/^2 d 21 h left$/),
    ]);
    expect(page.problems).toEqual([]);
  });

  it('says that nothing waits, and offers to place an order', async () => {
    const cloud = await fakeCloud();

    const page = await openPage(cloud.url);
    await page.getByText('Nothing waits for you').waitFor();

    expect(await accessibilityProblems(page)).toEqual([]);
    await keepPicture(page, 'page-empty');
    expect(page.problems).toEqual([]);
  });

  it('shows that it is loading', async () => {
    const cloud = await fakeCloud();
    const page = await openPage(cloud.url);
    await page.route('**/graphql', () => {});

    await page.reload();

    await page.getByText('Loading the orders').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('shows what was decided while it was being connected', async () => {
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
    await page.getByText('Rejected').waitFor();

    expect(page.problems).toEqual([]);
  });

  it('shows users\u2019 text as text', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('hostile', HOSTILE);
    const page = await openPage(`${cloud.url}/#/orders/hostile`);

    cloud.decide('hostile', 'REJECTED', HOSTILE, HOSTILE);
    await page.locator('.timeline .why').waitFor();

    expect(await page.locator('h1').textContent()).toBe(HOSTILE);
    expect(await page.locator('.timeline .why').textContent()).toBe(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expect(page.problems).toEqual([]);
  });

  it.each([
    ['on a desk', {}],
    ['in the dark', { colorScheme: 'dark' as const }],
    ['on a phone', { viewport: PHONE }],
  ])('breaks no accessibility rule %s', async (name, options) => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Twelve office chairs\nErgo Ltd, 3,480.00 EUR');
    cloud.addPaused('licence', 'Licence', 0.5);
    cloud.addPaused('stapler', 'A golden stapler');

    const page = await openPage(cloud.url, options);
    await page.getByText('Twelve office chairs').waitFor();
    cloud.decide('stapler', 'REJECTED', 'Ada', 'We have staplers');
    await page.getByText('Rejected').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByText('Twelve office chairs').click();
    await page.getByRole('button', { name: 'Reject…' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Reject…' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepPicture(page, `page-${name.replaceAll(' ', '-')}`);
    await page.getByRole('button', { name: 'New order' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);

    expect(page.problems).toEqual([]);
  });

  it('fits a phone without scrolling sideways', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'A'.repeat(300));

    const page = await openPage(`${cloud.url}/#/orders/chairs`, { viewport: { width: 320, height: 640 } });
    await page.getByRole('button', { name: 'Confirm' }).waitFor();

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it('tells what somebody else decided first', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    const page = await openPage(`${cloud.url}/#/orders/chairs`);
    await page.getByRole('button', { name: 'Confirm' }).waitFor();

    cloud.refuseWith(refusal('OrderAlreadyDecided', { retryable: false, decision: DECISION }));
    await page.getByRole('button', { name: 'Confirm' }).click();

    const outcome = page.locator('.outcome');
    await outcome.waitFor();
    expect(await outcome.textContent()).toContain('Somebody else decided first. Ada rejected this order.');
    expect(await outcome.textContent()).toContain('“Too dear”');
    expect(await page.getByRole('button', { name: 'Confirm' }).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('keeps what was typed when a decision is lost, and says that trying again is safe', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    const page = await openPage(`${cloud.url}/#/orders/chairs`);
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByLabel('Why do you reject it?').fill('Too dear');

    cloud.refuseWith({ status: 502, body: '' });
    await page.getByRole('button', { name: 'Reject order' }).click();

    await page.getByText('Try again: doing it twice does no harm.').waitFor();
    expect(await page.getByLabel('Why do you reject it?').inputValue()).toBe('Too dear');
  });

  it('says that it is offline, and catches up when the connection is back', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    const page = await openPage(cloud.url);
    await page.locator('.connection.live').waitFor();

    await page.context().setOffline(true);
    cloud.server.cut();
    await page.getByText('You see what was known before').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepPicture(page, 'page-offline');
    cloud.addPaused('missed', 'Placed meanwhile');
    await page.context().setOffline(false);

    await page.getByText('Placed meanwhile').waitFor();
    await page.locator('.connection.live').waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
  });

  it('says so when the key is refused', async () => {
    const cloud = await fakeCloud();
    const errors = [
      { errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' },
    ];
    cloud.refuseWith({ status: 401, body: JSON.stringify({ errors }) });

    const page = await openPage(cloud.url);

    await page.getByText('You are not authorized to make this call.').first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says so when there is no such order', async () => {
    const cloud = await fakeCloud();

    const page = await openPage(`${cloud.url}/#/orders/nobody`);

    await page.getByText('There is no order nobody.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says so when it cannot find out where the API is', async () => {
    const cloud = await fakeCloud();
    const page = await openPage(cloud.url);
    await page.route('**/config.json', (route) => route.fulfill({ status: 404 }));

    await page.reload();

    await page.getByText('The page cannot start').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('needs no mouse', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('first', 'Chairs', 10);
    cloud.addPaused('second', 'Licence', 20);
    const page = await openPage(cloud.url);
    await page.getByText('Chairs').waitFor();

    await page.locator('.row').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Reject…' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Too dear');
    await page.keyboard.press('Control+Enter');
    await page.locator('.facts').getByText('Rejected').waitFor();

    expect(await page.locator('.timeline .why').textContent()).toBe('Too dear');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('says who decides, and remembers the name', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    const page = await openPage(`${cloud.url}/#/orders/chairs`);
    await page.getByLabel('You are').fill('Grace');

    await page.reload();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.locator('.facts').getByText('Completed').waitFor();

    expect(await page.locator('.timeline .who').textContent()).toBe('Grace');
  });

  it('can be used within 200 ms of its document', async () => {
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
