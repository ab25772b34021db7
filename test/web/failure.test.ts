import { describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { accessibilityProblems, createOpenPage, fakeCloud, keepPicture } from './support/openPage.ts';

const WRONG_KEY = {
  status: 401,
  body: JSON.stringify({
    errors: [{ errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' }],
  }),
};

const browser = await launchBrowser();

describe.skipIf(browser === null)('when something fails, the page', () => {
  const openPage = createOpenPage(browser);

  test('says that it is offline and when it tries again, and tries at once when asked to', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    const page = await openPage(cloud.url);
    await page.locator('.connection.live').waitFor();
    const top = () => page.locator('.worklist').evaluate((list) => list.getBoundingClientRect().top);
    const header = () => page.locator('header').evaluate((element) => element.clientHeight);
    const before = await header();

    cloud.goDown(true);
    await page.getByText('You see what was known before.').waitFor();
    await page.getByText(/Next try in [5-9] s/).waitFor();
    expect(await header()).toBe(before);
    expect(await top()).toBeGreaterThan(before);
    expect(await page.locator('.banner').count()).toBe(1);
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepPicture(page, 'page-offline');
    cloud.addPaused('missed', 'Placed meanwhile');
    cloud.goDown(false);
    await page.getByRole('button', { name: 'Try now' }).click();

    await page.getByText('Placed meanwhile').waitFor();
    await page.locator('.connection.live').waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
  });

  test('catches up by itself when the network is back', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    const page = await openPage(cloud.url);
    await page.locator('.connection.live').waitFor();

    await page.context().setOffline(true);
    cloud.server.cut();
    await page.getByText('You see what was known before.').waitFor();
    cloud.addPaused('missed', 'Placed meanwhile');
    await page.context().setOffline(false);
    await page.getByText('Placed meanwhile').waitFor();

    expect(await page.locator('.banner').count()).toBe(0);
  });

  test.each([
    ['', undefined],
    [', also with the clock of a local cloud', true],
  ])(
    'says that the key is wrong or has expired, where it comes from, and nothing else%s',
    async (_where, testControls) => {
      const cloud = await fakeCloud();
      cloud.refuseWith(WRONG_KEY);
      const page = await openPage('about:blank');
      const config = { graphqlUrl: cloud.server.url, apiKey: 'da2-wrong', testControls };
      await page.route('**/config.json', (route) => route.fulfill({ json: config }));
      await page.route('**/_local/clock', (route) => route.fulfill({ status: 401 }));

      await page.goto(`${cloud.url}/#/orders/chairs`);

      const banner = page.locator('.banner');
      await banner.waitFor();
      expect(await banner.textContent()).toContain('The API key is wrong or has expired.');
      expect(await banner.textContent()).toContain('config.json');
      expect(await page.locator('body').textContent()).not.toContain('authorized');
      expect(await page.locator('.skeleton').count()).toBe(0);
      expect(await page.getByRole('alert').count()).toBe(1);
      expect(await accessibilityProblems(page)).toEqual([]);
    },
  );

  test('says so when there is no such order', async () => {
    const cloud = await fakeCloud();

    const page = await openPage(`${cloud.url}/#/orders/nobody`);

    await page.getByText('There is no order nobody. Check the address for a typo.').waitFor();
    expect(await page.locator('h1').textContent()).toBe('Order nobody');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test.each([
    [{ status: 404 }, 'could not be loaded (status 404)'],
    [{ status: 200, body: '<html>' }, 'config.json is not valid JSON.'],
    [
      { status: 200, body: '{"graphqlUrl":"https://x.example"}' },
      'config.json must contain graphqlUrl and apiKey.',
    ],
    [
      { status: 200, body: '{"graphqlUrl":"http://","apiKey":"k"}' },
      'config.json: "http://" is not an address.',
    ],
  ])('says what is wrong with its settings: %j', async (answer, words) => {
    const cloud = await fakeCloud();
    const page = await openPage(cloud.url);
    await page.route('**/config.json', (route) => route.fulfill(answer));

    await page.reload();

    await page.getByText('The page cannot start').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain(words);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test.each([
    ['EXPIRED', undefined, /^No decision was made before .+, so the order expired\.$/],
    [
      'FAILED',
      'The workflow failed with Sandbox.Timedout.',
      /^The order failed before a decision was made, and no longer needs one\.A step took too long and was stopped\.$/,
    ],
    ['FAILED', 'The warehouse is closed.', /The warehouse is closed\.$/],
  ] as const)('opens an order that is %s with a sentence about it', async (status, reason, words) => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    cloud.end('chairs', status, reason);

    const page = await openPage(`${cloud.url}/#/orders/chairs`);
    await page.locator('.timeline li').nth(3).waitFor();

    expect(await page.locator('.outcome').textContent()).toMatch(words);
    expect(await page.locator('body').textContent()).not.toMatch(/Sandbox|Timedout|workflow failed|realtime/);
  });

  test('tells of a failure after the confirmation, and who had confirmed', async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs');
    cloud.confirmAndFail('chairs', 'Grace', 'The warehouse is closed.');

    const page = await openPage(`${cloud.url}/#/orders/chairs`);
    await page.locator('.timeline li').nth(4).waitFor();

    expect(await page.locator('.outcome').textContent()).toMatch(
      /^Confirmed by Grace, .+\. After that the order could not be completed\.The warehouse is closed\.$/,
    );
  });
});
