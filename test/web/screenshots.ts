import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { confirmOrder, processOrder } from '../support/graphql.ts';
import { startLocalCloud } from '../support/localCloud.ts';
import { untilOrder } from '../support/untilOrder.ts';
import { launchBrowser, NO_BROWSER } from './support/browser.ts';

// `npm run screenshots`: the pictures of the README, taken from a local cloud.

const IMAGES = join(import.meta.dirname, '../../docs/images');
const DESKTOP = { width: 1180, height: 700 };
const PHONE = { width: 390, height: 760 };
const SHARP = 1.5;

const ORDERS = [
  ['chairs-2026', 'Twelve office chairs\nErgo Ltd, 3,480.00 EUR\nFor the third floor, delivery in week 14.'],
  ['vienna', 'Train to Vienna and two nights\nAda Lovelace, 612.50 EUR'],
  ['drawing-licence', 'Annual licence of the drawing program, 40 seats'],
] as const;

const browser = await launchBrowser();
if (browser === null) {
  console.error(NO_BROWSER);
  process.exit(1);
}
mkdirSync(IMAGES, { recursive: true });
const cloud = await startLocalCloud();

async function take(
  name: string,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser?.newContext({
    viewport: DESKTOP,
    deviceScaleFactor: SHARP,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  const page = await context?.newPage();
  if (page === undefined) return;
  await page.goto(cloud.endpoint());
  await page.getByLabel('You are').fill('Grace');
  await act(page);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await context?.close();
}

const openOrder = (title: string) => async (page: Page) => {
  await page.getByText(title).first().click();
  await page.locator('.timeline li').nth(2).waitFor();
};

try {
  const outputs = cloud.outputs();
  for (const [orderId, orderDetails] of ORDERS) {
    await processOrder(outputs, { orderId, orderDetails });
    await untilOrder(outputs, orderId, (order) => order.status === 'PAUSED');
    await cloud.advance('PT5H');
  }
  await processOrder(outputs, { orderId: 'stapler', orderDetails: 'A golden stapler' });
  const rejection = { orderId: 'stapler', isConfirmed: false, decidedBy: 'Ada', reason: 'We have staplers' };
  await take('page', {}, async (page) => {
    await page.locator('.connection.live').waitFor();
    await confirmOrder(outputs, rejection);
    await page.getByText('Rejected').waitFor();
    await openOrder('Twelve office chairs')(page);
  });
  await take('page-dark', { colorScheme: 'dark' }, async (page) => {
    await openOrder('Train to Vienna')(page);
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByLabel('Why do you reject it?').fill('The conference was moved to Graz.');
  });
  await take('page-phone', { viewport: PHONE }, openOrder('Annual licence'));
  await take('playground', {}, async (page) => {
    await page.goto(`${cloud.endpoint()}/playground`);
    await page.getByLabel('Live events').getByText('live', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Execute/ }).click();
    await page.getByLabel('Live events').getByText('PAUSED').waitFor();
  });
} finally {
  await browser.close();
  await cloud.remove();
}
console.log(`The pictures are in ${IMAGES}.`);
