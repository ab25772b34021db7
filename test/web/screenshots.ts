import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { confirmOrder, processOrder } from '../support/graphql.ts';
import { startLocalCloud } from '../support/localCloud.ts';
import { untilOrder } from '../support/follow.ts';
import { launchBrowser, NO_BROWSER } from './support/browser.ts';

// `npm run screenshots`: the pictures of the README, taken from a local cloud.

const IMAGES = join(import.meta.dirname, '../../docs/images');
const DESKTOP = { width: 1280, height: 760 };
const PHONE = { width: 390, height: 760 };
const SHARP = 1.5;

const ORDERS = [
  [
    'chairs-2026',
    'Lin',
    'Twelve office chairs\nErgo Ltd, 3,480.00 EUR\nFor the third floor, delivery in week 14.\nOffer: https://ergo.example/offers/4711',
  ],
  ['vienna', 'Ada Lovelace', 'Train to Vienna and two nights\nThe conference of 14 May, 612.50 EUR'],
  ['drawing-licence', 'Katherine', 'Annual licence of the drawing program, 40 seats'],
  ['budget', 'Build server', '{"title":"Compute for the load test","amount":"240.00 EUR","hours":48}'],
  ['coffee', 'Lin', 'Coffee beans, 20 kg'],
] as const;
const DECIDED = [
  ['desk', 'A standing desk', true, 'Katherine', 'Within the budget of the team'],
  ['stapler', 'A golden stapler', false, 'Ada', 'We have staplers'],
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
  await page.addInitScript(() => localStorage.setItem('countersign/name', 'Grace'));
  await page.goto(cloud.endpoint());
  await act(page);
  if (page.url() === `${cloud.endpoint()}/` || page.url().includes('#')) {
    await page.locator('.connection.live').waitFor();
  }
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await context?.close();
}

const openOrder = (title: string) => async (page: Page) => {
  await page.getByText(title).first().click();
  await page.locator('.timeline li').nth(2).waitFor();
};

try {
  const outputs = cloud.outputs();
  for (const [orderId, orderDetails, isConfirmed, decidedBy, reason] of DECIDED) {
    await processOrder(outputs, { orderId, orderDetails, requestedBy: 'Lin' });
    await confirmOrder(outputs, { orderId, isConfirmed, decidedBy, reason });
    await untilOrder(outputs, orderId, (order) => ['COMPLETED', 'REJECTED'].includes(order.status));
  }
  for (const [orderId, requestedBy, orderDetails] of ORDERS) {
    await processOrder(outputs, { orderId, orderDetails, requestedBy });
    await untilOrder(outputs, orderId, (order) => order.status === 'PAUSED');
    // Hour by hour, so that reminders come when they are due.
    for (let hour = 0; hour < 14; hour += 1) await cloud.advance('PT1H');
  }
  await cloud.advance('PT1H10M');
  await take('page', {}, openOrder('Twelve office chairs'));
  await take('page-dark', { colorScheme: 'dark' }, async (page) => {
    await openOrder('Train to Vienna')(page);
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByLabel('Why do you reject it?').fill('The conference was moved to Graz.');
  });
  await take('page-phone', { viewport: PHONE }, openOrder('Annual licence'));
  await take('page-record', {}, async (page) => {
    await page.getByRole('button', { name: 'Decided' }).click();
    await openOrder('A golden stapler')(page);
  });
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
