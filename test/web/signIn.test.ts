import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesizeApp } from '../support/synthesizeApp.ts';
import { ask, processOrder } from '../support/graphql.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { launchBrowser } from './support/browser.ts';
import { accessibilityProblems, createOpenPage, keepPicture, type OpenedPage } from './support/openPage.ts';

const browser = await launchBrowser();

describe.skipIf(browser === null)('approvers who are signed in', () => {
  const openPage = createOpenPage(browser);
  let cloud: LocalCloud;
  beforeAll(async () => {
    const { folder: assembly } = await synthesizeApp({
      context: {
        approvers: 'oidc:https://login.example.com,countersign',
        selfApproval: 'refused',
        approverGroup: 'approvers',
      },
    });
    cloud = await startLocalCloud({ assembly, flags: ['--people', 'Ada:approvers,Grace:approvers,Carl'] });
  });
  afterAll(() => cloud?.remove());

  /** A window of its own, with this person signed in at the development issuer. */
  async function openAs(name: string): Promise<OpenedPage> {
    const page = await openPage(cloud.endpoint().replace('127.0.0.1', 'localhost'));
    await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
    await page.getByText(`Signed in as ${name}`).waitFor();
    return page;
  }

  test('Grace places an order and cannot confirm it, Ada can, and both names are verified', async () => {
    const grace = await openAs('Grace');
    await grace.getByRole('button', { name: 'New order' }).click();
    await grace.getByText('You ask for it as Grace, verified by your sign-in.').waitFor();
    await grace.getByLabel('What is it about?').fill('Twelve office chairs');
    await grace.getByRole('button', { name: 'Place order' }).click();
    await grace.getByText('You placed this order, so another person must confirm it.').waitFor();
    const ownButton = grace.getByRole('button', { name: 'Confirm', exact: true });
    expect(await ownButton.isDisabled()).toBe(true);
    expect(await accessibilityProblems(grace)).toEqual([]);
    await keepPicture(grace, 'own-order');
    const orderId = new URL(grace.url()).hash.split('/').at(-1) ?? '';

    const script = await ask(
      cloud.outputs(),
      `mutation { confirmOrder(input: {orderId: "${orderId}", isConfirmed: true, decidedBy: "Ada"}) { orderId } }`,
    );
    const ada = await openAs('Ada');
    await ada.getByText('Twelve office chairs').click();
    await ada.getByRole('button', { name: 'Confirm', exact: true }).click();

    expect(script.errors).toMatchObject([{ errorType: 'Unauthorized' }]);
    await grace.locator('.facts .badge').getByText('Completed').waitFor();
    await grace.locator('.timeline .what').getByText('Confirmed by Ada (verified)').waitFor();
    const [first] = await grace.locator('.timeline .what').allTextContents();
    expect(first).toMatch(/^Received from Grace \(verified\)/);
    expect([...grace.problems, ...ada.problems]).toEqual([]);
  });

  test('a person outside the group reads why every button is off', async () => {
    await processOrder(cloud.outputs(), { orderDetails: 'A golden stapler' });
    const page = await openAs('Carl');
    await page.getByText('A golden stapler').click();

    await page
      .getByText('Only members of the group approvers decide, and you are not one of them.')
      .waitFor();

    for (const name of ['Confirm', 'Reject…', 'Cancel this order…'])
      expect(await page.getByRole('button', { name, exact: true }).isDisabled()).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(page.problems).toEqual([]);
  });

  test('a person who is not signed in sees the orders, and is asked to sign in before deciding', async () => {
    const page = await openPage(cloud.endpoint().replace('127.0.0.1', 'localhost'));

    await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor();

    expect(await page.getByRole('button', { name: 'Who are you?' }).count()).toBe(0);
    expect(page.problems).toEqual([]);
  });

  test('says in a sentence that a sign-in was not finished, that its service is down, and that it has ended', async () => {
    const page = await openPage(cloud.endpoint().replace('127.0.0.1', 'localhost'));
    const signIn = page.getByRole('banner').getByRole('button', { name: 'Sign in' });
    await page.route('**/_local/issuer/authorize?*', (route) => {
      const asked = new URL(route.request().url()).searchParams;
      const location = `${asked.get('redirect_uri')}?error=access_denied&state=${asked.get('state')}`;
      return route.fulfill({ status: 302, headers: { location } });
    });
    await signIn.click();
    await page.getByText('The sign-in was not finished (access_denied). Sign in again.').waitFor();
    await page.unroute('**/_local/issuer/authorize?*');

    await page.route('**/.well-known/openid-configuration', (route) => route.abort());
    await signIn.click();
    await page.getByText(/^The sign-in service .* does not answer\. Try again later\.$/).waitFor();
    await page.unroute('**/.well-known/openid-configuration');

    await signIn.click();
    await page.getByRole('button', { name: /^Ada\b/ }).click();
    await page.getByText('Signed in as Ada').waitFor();
    await page.route('**/_local/issuer/token', (route) =>
      route.fulfill({ status: 400, json: { error: 'invalid_grant' } }),
    );
    await cloud.advance('PT2H');
    await page.keyboard.press('/');
    await page.keyboard.insertText('unknown-order');
    await page.keyboard.press('Enter');
    await page.getByText('Your sign-in has ended. Sign in again.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('a reload signs out: the token is in memory only', async () => {
    const page = await openAs('Ada');
    await page.reload();

    await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor();

    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(kept).not.toMatch(/eyJ/);
  });
});
