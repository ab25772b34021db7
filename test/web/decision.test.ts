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

const DECISION = {
  kind: 'REJECTED',
  decidedBy: 'Grace',
  isVerified: false,
  reason: 'Too dear',
  at: '2026-01-01T00:00:00.000Z',
};
const refusal = (errorType: string, errorInfo: unknown) => ({
  status: 200,
  body: JSON.stringify({ data: null, errors: [{ errorType, errorInfo, message: 'It was refused.' }] }),
});

const browser = await launchBrowser();

describe.skipIf(browser === null)('a decision on the page', () => {
  const openPage = createOpenPage(browser);
  const onOrder = async (name?: string, viewport = DESKTOP) => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs', { requestedBy: 'Lin' });
    const options = name === undefined ? { viewport } : { viewport, name };
    const page = await openPage(`${cloud.url}/#/orders/chairs`, options);
    await page.getByRole('button', { name: 'Confirm' }).waitFor();
    return { cloud, page };
  };

  test('asks once for a name, for every window, and makes no decision without one', async () => {
    const { cloud, page } = await onOrder();
    cloud.addPaused('train', 'Train');

    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
    expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByText('Waiting for a decision').first().waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByLabel('Your name').fill('Ada');
    await page.keyboard.press('Enter');
    await page.locator('.facts').getByText('Completed').waitFor();
    const other = await page.context().newPage();
    await other.goto(cloud.url);
    await other.getByRole('button', { name: 'You are Ada' }).click();
    await other.getByLabel('Your name').fill('Ada Lovelace');
    await other.keyboard.press('Enter');
    await page.getByRole('button', { name: 'You are Ada Lovelace' }).waitFor();
    await page.reload();
    await page.goto(`${cloud.url}/#/orders/train`);
    await page.getByText('You decide as Ada Lovelace').waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();

    await page.locator('.facts').getByText('Completed').waitFor();
    expect(await page.locator('.timeline .who').textContent()).toBe('Ada Lovelace');
  });

  test.each([
    ['Confirm', 'Confirm', 'CONFIRMED'],
    ['Reject…', 'Reject order', 'REJECTED'],
    ['Cancel this order…', 'Cancel order', 'CANCELLED'],
  ])('takes a note with %s', async (first, second, kind) => {
    const { page } = await onOrder('Ada');

    await page.getByLabel('Note').fill('For the third floor');
    await page.getByRole('button', { name: first }).click();
    if (second !== first) await page.getByRole('button', { name: second }).click();
    await page.locator('.receipt').waitFor();

    expect(await page.locator('.outcome blockquote').textContent()).toBe('For the third floor');
    expect(await page.locator('.outcome').getAttribute('class')).toContain(kind.toLowerCase());
  });

  test('shows who asks for the order', async () => {
    const { page } = await onOrder('Ada');

    expect(await page.locator('.facts .asked').textContent()).toBe('Asked by Lin just now');
  });

  test('counts a note that is too long, and sends nothing until it fits', async () => {
    const { page } = await onOrder('Ada');
    const note = page.getByLabel('Note');

    await note.fill('\u{1F4A9}'.repeat(257));

    await page.getByText('257 of 256 characters: 1 too many').waitFor();
    expect(await note.inputValue()).toBe('\u{1F4A9}'.repeat(257));
    expect(await page.getByRole('button', { name: 'Confirm' }).isDisabled()).toBe(true);
    await page.keyboard.press('Backspace');
    expect(await page.getByRole('button', { name: 'Confirm' }).isDisabled()).toBe(false);
  });

  test.each([
    ['Reject…', 'Reject order', DESKTOP],
    ['Cancel this order…', 'Cancel order', PHONE],
  ])(
    'asks with %s for the reason first, then for the answer, and gives the focus back',
    async (opener, answer, viewport) => {
      const { page } = await onOrder('Ada', viewport);
      const focused = () => page.evaluate(() => document.activeElement?.textContent);
      const top = async (name: string) => (await page.getByRole('button', { name }).boundingBox())?.y ?? NaN;
      await page.getByRole('button', { name: opener }).click();
      await page.keyboard.type('Too dear');

      expect((await page.locator('#note').boundingBox())?.y).toBeLessThan(await top(answer));
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(answer);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await focused()).toBe(opener);
      await page.keyboard.press('Enter');
      await page.keyboard.type('!');
      expect(await page.locator('#note').inputValue()).toMatch(/!/);
      await page.keyboard.press('Escape');
      expect(await focused()).toBe(opener);
    },
  );

  test('keeps the reason through Escape, another order and a reload', async () => {
    const { cloud, page } = await onOrder('Ada');
    cloud.addPaused('train', 'Train');
    const reason = page.getByLabel('Why do you reject it?');
    await page.getByRole('button', { name: 'Reject…' }).click();
    await reason.fill('Too dear for this');

    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Note').inputValue()).toBe('Too dear for this');
    await page.locator('.row').filter({ hasText: 'Train' }).click();
    await page.getByRole('heading', { name: 'Train' }).waitFor();
    await page.locator('.row').filter({ hasText: 'Chairs' }).getByText('Draft').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Chairs' }).waitFor();
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.reload();

    expect(await reason.inputValue()).toBe('Too dear for this');
  });

  test('keeps the reason when somebody else decides meanwhile, and says so beside it', async () => {
    const { cloud, page } = await onOrder('Ada');
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByLabel('Why do you reject it?').fill('Too far');

    cloud.decide('chairs', 'CONFIRMED', 'Grace');

    const kept = page.getByLabel('The order was decided while you were writing');
    await kept.waitFor();
    expect(await kept.inputValue()).toBe('Too far');
    expect(await page.locator('.receipt').textContent()).toContain('Grace confirmed this order');
    expect(await accessibilityProblems(page)).toEqual([]);
    await keepPicture(page, 'page-decided-meanwhile');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Too far');
    await page.reload();
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await kept.count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Nothing else waits');
  });

  test.each(['Too far, ', ''])(
    'does not take a letter of the reason %j for a key when somebody else decides meanwhile',
    async (written) => {
      const { cloud, page } = await onOrder('Ada');
      cloud.addPaused('train', 'Train');
      await page.locator('.row').filter({ hasText: 'Train' }).waitFor();
      await page.getByRole('button', { name: 'Reject…' }).click();
      await page.keyboard.type(written);
      cloud.decide('chairs', 'CONFIRMED', 'Grace');
      await page.locator('.receipt').waitFor();

      await page.keyboard.type('not again\n');

      expect(await page.locator('h1').textContent()).toBe('Chairs');
      await page.keyboard.press('Tab');
      await page.keyboard.press('n');
      await page.getByRole('heading', { name: 'Train' }).waitFor();
    },
  );

  test('tells what somebody else decided first', async () => {
    const { cloud, page } = await onOrder('Ada');

    cloud.refuseWith(refusal('OrderAlreadyDecided', { retryable: false, decision: DECISION }));
    await page.getByRole('button', { name: 'Confirm' }).click();

    const receipt = page.locator('.receipt');
    await receipt.waitFor();
    expect(await receipt.textContent()).toContain('Somebody else decided first. Grace rejected this order');
    expect(await receipt.textContent()).toContain('Your decision changed nothing.');
    expect(await page.locator('.outcome blockquote').textContent()).toBe('Too dear');
    expect(await page.getByRole('button', { name: 'Confirm' }).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('offers a decision that did not arrive again, also after a reload, and marks its row meanwhile', async () => {
    const { cloud, page } = await onOrder('Ada');
    cloud.addPaused('train', 'Train');
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByLabel('Why do you reject it?').fill('Too dear\nfor\nus\nall');

    cloud.refuseWith({ status: 502, body: '' });
    await page.getByRole('button', { name: 'Reject order' }).click();
    await page.getByText('Your rejection has not been recorded yet.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 512, height: 320 }); // a laptop at 250 %
    await page.getByRole('button', { name: 'Reject order' }).scrollIntoViewIfNeeded();
    expect(await page.locator('header').evaluate((header) => header.getBoundingClientRect().top)).toBe(0);
    await page.setViewportSize(DESKTOP);
    cloud.refuseWith(null);
    await page.goto(`${cloud.url}/#/orders/train`);
    await page.locator('.row').filter({ hasText: 'Chairs' }).getByText('Not sent').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goBack();
    await page.reload();
    await page.getByText('Your rejection has not been recorded yet. The connection is back.').waitFor();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.locator('.facts').getByText('Rejected').waitFor();

    expect(await page.locator('.outcome blockquote').textContent()).toBe('Too dear\nfor\nus\nall');
    expect(await page.getByText('has not been recorded').count()).toBe(0);
  });

  test('says that a decision which did not arrive came to nothing, when somebody else decided', async () => {
    const { cloud, page } = await onOrder('Ada');
    cloud.refuseWith({ status: 502, body: '' });
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Your confirmation has not been recorded yet.').waitFor();
    expect(await page.locator('.decision').textContent()).not.toMatch(/502|GraphQL/);

    cloud.refuseWith(null);
    cloud.decide('chairs', 'REJECTED', 'Grace');
    await page.locator('.receipt').waitFor();

    expect(await page.locator('.receipt').textContent()).toMatch(
      /Somebody else decided first\. Grace rejected this order .+ Your decision changed nothing\./,
    );
  });

  test('knows a decision whose answer was lost for its own', async () => {
    const { cloud, page } = await onOrder('Ada');
    await page.getByLabel('Note').fill('Fine');
    await page.route('**/graphql', async (route) => {
      if (!String(route.request().postData()).includes('confirmOrder')) return route.continue();
      cloud.decide('chairs', 'CONFIRMED', 'Ada', 'Fine');
      return route.abort();
    });

    await page.getByRole('button', { name: 'Confirm' }).click();

    await page.locator('.receipt').getByText('You confirmed this order').waitFor();
    expect(await page.getByText('Somebody else').count()).toBe(0);
    expect(await page.getByText('Your note was not sent').count()).toBe(0);
    expect(await page.getByText('has not been recorded').count()).toBe(0);
  });

  test('keeps a new order that is being written through Escape and a reload, until it is discarded', async () => {
    const { page } = await onOrder();
    const details = page.getByLabel('What is it about?');
    await page.getByRole('button', { name: 'New order' }).click();
    await details.fill('A long story');
    expect(await page.getByRole('button', { name: 'Place order' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('New order');
    await page.reload();
    await page.getByRole('button', { name: 'New order' }).click();
    expect(await details.inputValue()).toBe('A long story');

    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('button', { name: 'New order' }).click();

    expect(await details.inputValue()).toBe('');
  });

  test('cuts nothing that is pasted into a new order', async () => {
    const { page } = await onOrder('Ada');
    await page.getByRole('button', { name: 'New order' }).click();

    await page.getByLabel('What is it about?').fill('x'.repeat(20_000));

    await page.getByText('20,000 of 16,384 bytes: 3,616 too many').waitFor();
    expect((await page.getByLabel('What is it about?').inputValue()).length).toBe(20_000);
    expect(await page.getByRole('button', { name: 'Place order' }).isDisabled()).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('What is it about?').fill('\u{1F4A9}'.repeat(5000));
    await page.getByText('20,000 of 16,384 bytes').waitFor();
    await page.getByLabel('Order number').fill('a/b');
    await page.getByText('Use 1 to 64 of the characters').waitFor();
  });
});
