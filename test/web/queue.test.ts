import { describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { DESKTOP, PHONE, createOpenPage, fakeCloud, type OpenedPage } from './support/openPage.ts';
import type { FakeCloud } from './support/fakeCloud.ts';

const browser = await launchBrowser();

const addOrders = (cloud: FakeCloud, count: number) => {
  for (let index = 0; index < count; index += 1) {
    cloud.addPaused(`order-${index}`, `Request ${index}`, { hoursLeft: 24 + index });
  }
};
const heading = (page: OpenedPage, text: string) =>
  page.getByRole('heading', { name: text, level: 1 }).waitFor();
const titles = (page: OpenedPage) => page.locator('.row-title').allTextContents();
const focused = (page: OpenedPage) => page.evaluate(() => document.activeElement?.textContent ?? '');

describe.skipIf(browser === null)('the queue', () => {
  const openPage = createOpenPage(browser);

  test('is worked through by keyboard: ten decisions with twenty keys', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 12);
    const page = await openPage(cloud.url, { name: 'Ada' });
    await page.getByText('Request 11').waitFor();
    let keys = 0;
    const press = async (key: string) => {
      keys += 1;
      await page.keyboard.press(key);
    };

    for (let index = 0; index < 10; index += 1) {
      await press('n');
      await heading(page, `Request ${index}`);
      await press('Enter');
      await page.locator('.receipt').getByText('You confirmed this order').waitFor();
    }

    expect(keys).toBeLessThan(30);
    await page.getByRole('button', { name: 'Decided 10' }).waitFor();
    await page.getByRole('button', { name: 'Waiting 2' }).waitFor();
    expect(page.problems).toEqual([]);
  });

  test('does not confirm an order by pressing Enter again and again', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 3);
    const page = await openPage(cloud.url, { name: 'Ada' });
    await page.getByText('Request 2').waitFor();

    await page.keyboard.press('n');
    await heading(page, 'Request 0');
    await page.keyboard.press('Enter');
    await page.locator('.receipt').waitFor();
    await page.keyboard.press('Enter');
    await heading(page, 'Request 1');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');

    expect(await focused(page)).toBe('Request 1');
    await page.getByRole('button', { name: 'Decided 1' }).waitFor();
  });

  test('goes up and down the list with k and j', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 3);
    const page = await openPage(cloud.url);
    await page.getByText('Request 2').waitFor();

    for (const [key, title] of [
      ['j', 'Request 0'],
      ['j', 'Request 1'],
      ['j', 'Request 2'],
      ['k', 'Request 1'],
    ] as const) {
      await page.keyboard.press(key);
      await heading(page, title);
    }

    expect(await focused(page)).toBe('Request 1');
  });

  test('leaves a decided order where it was until one moves on, and names the next', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 4);
    const page = await openPage(`${cloud.url}/#/orders/order-1`, { name: 'Ada' });
    await page.getByRole('button', { name: 'Confirm' }).click();

    const next = page.getByRole('link', { name: 'Next: Request 2' });
    await next.waitFor();
    expect(await titles(page)).toEqual(['Request 0', 'Request 1', 'Request 2', 'Request 3']);
    expect(await page.locator('.group h2').last().textContent()).toBe('Later 2');
    expect(await page.locator('.receipt').textContent()).toMatch(/^ ?You confirmed this order at \d\d:\d\d/);
    await next.click();
    await heading(page, 'Request 2');

    expect(await titles(page)).toEqual(['Request 0', 'Request 2', 'Request 3']);
  });

  test('goes on with what else waits when everything that the search found is decided', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 3);
    const page = await openPage(cloud.url, { name: 'Ada' });
    await page.getByText('Request 2').waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('request 1');
    await page.keyboard.press('Enter');
    await heading(page, 'Request 1');
    await page.getByRole('button', { name: 'Confirm' }).click();

    await page.getByRole('link', { name: 'Next: Request 2' }).waitFor();
    await page.keyboard.press('n');
    await heading(page, 'Request 2');

    expect(await focused(page)).toBe('Confirm');
  });

  test('says so when nothing else waits', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 1);
    const page = await openPage(`${cloud.url}/#/orders/order-0`, { name: 'Ada' });

    await page.getByRole('button', { name: 'Confirm' }).click();

    const end = page.getByRole('link', { name: 'Nothing else waits' });
    await end.waitFor();
    expect(await end.getAttribute('href')).toBe('#/');
  });

  test('keeps its place on a phone, on the way back', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 60);
    const page = await openPage(cloud.url, { viewport: PHONE });
    await page.getByText('Request 59').waitFor();
    const place = () => page.locator('.list').evaluate((list) => list.scrollTop);
    const row = page.locator('.row').filter({ hasText: 'Request 36' });
    await row.scrollIntoViewIfNeeded();
    const before = await place();
    await row.click();
    await page.getByRole('button', { name: 'Confirm' }).waitFor();

    await page.goBack();
    await row.waitFor();
    expect(await place()).toBe(before);
    await row.click();
    await page.getByRole('link', { name: 'Orders' }).click();
    await row.waitFor();

    expect(before).toBeGreaterThan(1000);
    expect(await place()).toBe(before);
  });

  test('shows the order that an address opens, and keeps the place of each list', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 150);
    for (const orderId of ['order-0', 'order-1']) cloud.decide(orderId, 'CONFIRMED', 'Ada');
    const page = await openPage(`${cloud.url}/#/orders/order-140`);
    const list = page.locator('.list');
    const place = () => list.evaluate(({ scrollTop }) => scrollTop);
    const row = page.locator('.row').filter({ hasText: 'Request 140' });
    await expect.poll(async () => (await row.boundingBox())?.y).toBeLessThan(DESKTOP.height);

    await list.evaluate((element) => element.scrollBy(0, -1000));
    const before = await place();
    await page.getByRole('button', { name: 'Decided 2' }).click();
    expect(await page.getByText('Confirmed by Ada').first().isVisible()).toBe(true);
    expect(await place()).toBe(0);
    await page.getByRole('button', { name: 'Waiting 148' }).click();

    expect(before).toBeGreaterThan(4000);
    expect(await place()).toBe(before);
  });

  test('has the order in sight on the way back to the list of a phone, however far down it is', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 250);
    const page = await openPage(cloud.url, { viewport: PHONE, name: 'Ada' });
    await page.getByText('Request 99').waitFor();
    await page.goto(`${cloud.url}/#/orders/order-180`);
    await heading(page, 'Request 180');

    await page.goBack();

    const row = page.locator('.row').filter({ hasText: 'Request 180' });
    await row.waitFor();
    expect((await row.boundingBox())?.y).toBeLessThan(PHONE.height);
    expect(await focused(page)).toContain('Request 180');
  });

  test('is one step in the history of the browser, however many orders one goes through', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 12);
    const page = await openPage(cloud.url, { name: 'Ada' });
    await page.getByText('Request 11').waitFor();
    for (let index = 0; index < 10; index += 1) {
      await page.keyboard.press('n');
      await heading(page, `Request ${index}`);
    }
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('link', { name: 'Next: Request 10' }).click();
    await heading(page, 'Request 10');

    await page.goBack();

    await heading(page, 'What waits for a decision');
    expect(new URL(page.url()).hash).toBe('');
  });

  test('claims nothing about what waits before all of it is known', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 2);
    const page = await openPage('about:blank', { name: 'Ada' });
    const answered = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('pendingOrders') === true) await answered.promise;
      await route.continue();
    });
    await page.addInitScript(() => {
      const said = new Set<string>();
      Object.assign(globalThis, { said });
      new MutationObserver(() => {
        for (const { textContent } of document.querySelectorAll('.empty, .next')) said.add(textContent);
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
    await page.goto(`${cloud.url}/#/orders/order-0`);

    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('link', { name: 'All orders' }).waitFor();
    answered.resolve();
    await page.getByRole('link', { name: 'Next: Request 1' }).waitFor();

    const said = () => page.evaluate(() => [...(globalThis as unknown as { said: Set<string> }).said]);
    expect((await said()).filter((text) => !text.startsWith('Next'))).toEqual(['All orders']);
    await page.goto(`${cloud.url}/#/`);
    await page.reload();
    await page.getByText('Request 1').waitFor();
    expect(await said()).toEqual([]);
  });

  test('draws the rest of a long list as one scrolls to it', async () => {
    const cloud = await fakeCloud();
    addOrders(cloud, 250);
    const page = await openPage(cloud.url);
    await page.getByText('Request 99').waitFor();
    expect(await page.locator('.row').count()).toBe(100);

    await page.locator('.list').evaluate((list) => list.scrollTo(0, list.scrollHeight));

    await page.getByText('Request 199').waitFor();
  });
});
