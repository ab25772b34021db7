import { describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { DESKTOP, PHONE, createOpenPage, fakeCloud, type OpenedPage } from './support/openPage.ts';

const HOSTILE = '<img src=x onerror=alert(1)><script>alert(2)</script> & "quotes"';
const LONGEST = 'x'.repeat(16_384);
const SIXTY_LINES = Array.from({ length: 60 }, (_, index) => `Position ${index}: a thing`).join('\n');

const browser = await launchBrowser();

describe.skipIf(browser === null)('a text of somebody else', () => {
  const openPage = createOpenPage(browser);
  const show = async (details: string, viewport = DESKTOP) => {
    const cloud = await fakeCloud();
    cloud.addPaused('order', details, { requestedBy: details.slice(0, 100) });
    const page = await openPage(`${cloud.url}/#/orders/order`, { viewport, name: 'Ada' });
    await page.locator('.timeline li').nth(2).waitFor();
    await page.getByRole('button', { name: 'Confirm' }).waitFor();
    return { cloud, page };
  };
  const isInViewport = async (page: OpenedPage, name: string, { height }: { height: number }) => {
    const box = await page.getByRole('button', { name }).boundingBox();
    return box !== null && box.y > 0 && box.y + box.height <= height;
  };

  test('is text and nothing else', async () => {
    const { cloud, page } = await show(HOSTILE);

    cloud.decide('order', 'REJECTED', HOSTILE, HOSTILE);
    await page.locator('.timeline .why').waitFor();

    expect(await page.locator('h1').textContent()).toBe(HOSTILE);
    expect(await page.locator('.timeline .why').textContent()).toBe(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expect(page.problems).toEqual([]);
  });

  test.each([
    ['16 KiB in one line', LONGEST, DESKTOP],
    ['16 KiB in one line', LONGEST, PHONE],
    ['sixty lines', SIXTY_LINES, DESKTOP],
    ['sixty lines', SIXTY_LINES, PHONE],
  ])('of %s leaves the decision in sight', async (_what, text, viewport) => {
    const { page } = await show(text, viewport);

    expect(await isInViewport(page, 'Confirm', viewport)).toBe(true);
    expect(await isInViewport(page, 'Reject…', viewport)).toBe(true);
    await page.getByRole('button', { name: /^Show all/ }).click();

    expect(await isInViewport(page, 'Confirm', viewport)).toBe(true);
    expect((await page.locator('h1').boundingBox())?.height).toBeLessThan(90);
    expect(await page.locator('.details-text').textContent()).toBe(
      text.replace(/^Position 0: a thing\n/, ''),
    );
  });

  test('says how much of it is folded', async () => {
    const { page } = await show(SIXTY_LINES);

    const fold = page.getByRole('button', { name: 'Show all (59 lines)' });
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    await fold.click();

    expect(await page.getByText('Position 59').isVisible()).toBe(true);
  });

  test('cannot turn itself around: the characters that would are shown', async () => {
    const { page } = await show('Pay \u202Elive\u202C now\nand \u200Bhere');

    expect(await page.locator('h1').textContent()).toBe('Pay U+202EliveU+202C now');
    expect(await page.locator('.row-title').textContent()).toBe('Pay U+202EliveU+202C now');
    expect(await page.title()).toBe('(1) Pay U+202EliveU+202C now · Countersign');
    expect(await page.locator('.details .hidden-character').getAttribute('title')).toBe(
      'invisible character (U+200B)',
    );
  });

  test('is set from the right where its language is', async () => {
    const { page } = await show('\u05E9\u05DC\u05D5\u05DD\n\u0645\u0631\u062D\u0628\u0627');

    const direction = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).direction);
    expect(await direction('h1')).toBe('rtl');
    expect(await direction('.details-text')).toBe('rtl');
  });

  test('has links that open elsewhere and tell nothing of this page', async () => {
    const { page } = await show('Offer\nhttps://example.com/offer?id=1, and javascript:alert(1)');

    const link = page.locator('.details a');
    expect(await link.count()).toBe(1);
    expect(await link.getAttribute('href')).toBe('https://example.com/offer?id=1');
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  test.each([
    ['', 'The order has no description.'],
    ['{"amount":12.50}', '"amount": 12.50'],
  ])('without a title has the name of the order everywhere: %j', async (details, below) => {
    const { page } = await show(details);

    expect(await page.locator('h1').textContent()).toBe('Order order');
    expect(await page.locator('.row-title').textContent()).toBe('Order order');
    expect(await page.locator('.order-text').textContent()).toContain(below);
  });

  test('is set as JSON where it is JSON, with a title of its own', async () => {
    const { page } = await show('{"name":"Budget","amount":12.50}');

    expect(await page.locator('h1').textContent()).toBe('Budget');
    expect(await page.locator('.details-text.json').textContent()).toBe(
      '{\n  "name": "Budget",\n  "amount": 12.50\n}',
    );
  });
});
