import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { launchBrowser } from './support/browser.ts';
import { accessibilityProblems, createOpenPage, type OpenedPage } from './support/openPage.ts';

const browser = await launchBrowser();

describe.skipIf(browser === null)('notifications of the browser', () => {
  const openPage = createOpenPage(browser);
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud?.remove());

  const turnOn = (page: OpenedPage) =>
    page.getByRole('button', { name: 'Notify me when an order waits' }).click();
  const shown = (page: OpenedPage) => page.evaluate(() => Reflect.get(globalThis, 'shown'));

  test('tell of an order and of its reminders while the page is in the background, and of nothing else', async () => {
    const page = await openPage(cloud.endpoint());
    await recordNotifications(page);
    await turnOn(page);
    await page.getByRole('button', { name: 'Stop notifying me' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await processOrder(cloud.outputs(), { orderId: 'in-sight', orderDetails: 'Seen' });
    await page.getByText('Seen').waitFor();
    await hide(page);
    await processOrder(cloud.outputs(), { orderId: 'chairs-1', orderDetails: 'Twelve office chairs' });
    await page.getByText('Twelve office chairs').waitFor();
    const first = await shown(page);
    await cloud.advance('PT24H');
    await expect.poll(async () => (await shown(page)).length).toBe(3);

    expect(first).toEqual([
      { title: 'An order waits for a decision', body: expect.stringMatching(/^Order chairs-1, until /) },
    ]);
    expect((await shown(page)).map(({ title }: { title: string }) => title)).toEqual([
      'An order waits for a decision',
      'An order still waits',
      'An order still waits',
    ]);
    expect(JSON.stringify(await shown(page))).not.toContain('office chairs');
  });

  test('are not shown again for what has waited before, and stay on over a reload', async () => {
    const page = await openPage(cloud.endpoint());
    await recordNotifications(page);
    await turnOn(page);
    await cloud.advance('PT1H');
    await page.reload();
    await hide(page);
    await page.getByText('Twelve office chairs').waitFor();

    expect(await shown(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop notifying me' }).click();
    await page.getByRole('button', { name: 'Notify me when an order waits' }).waitFor();
  });

  test('are explained where the browser refuses them', async () => {
    const page = await openPage(cloud.endpoint());
    await page.addInitScript(() => {
      Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
    });
    await page.reload();

    await page.getByText('This browser does not let the page notify you.').waitFor();

    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

/** The headless browser refuses notifications: this one lets them, from the next load on, and writes them down. */
async function recordNotifications(page: OpenedPage): Promise<void> {
  await page.addInitScript(() => {
    const shown: unknown[] = [];
    class Recorded extends EventTarget {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title: string, { body }: { readonly body: string }) {
        super();
        shown.push({ title, body });
      }
    }
    Object.assign(globalThis, { shown, Notification: Recorded });
  });
  await page.reload();
}

/** As if another tab were in front. */
async function hide(page: OpenedPage): Promise<void> {
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }));
}
