import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synthesizeApp } from '../support/synthesizeApp.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { launchBrowser } from './support/browser.ts';
import { answer, chooseTab, execute, typeQuery } from './support/editor.ts';
import { createOpenPage, type OpenedPage } from './support/openPage.ts';

const browser = await launchBrowser();
const FOLLOW = 'subscription Follow { onOrderStatus { orderId status } }';

describe.skipIf(browser === null)('the callers of the playground', () => {
  const openPage = createOpenPage(browser);
  let cloud: LocalCloud;
  beforeAll(async () => {
    const context = { approvers: 'oidc:https://login.example.com,countersign' };
    const { folder: assembly } = await synthesizeApp({ context });
    cloud = await startLocalCloud({ assembly, flags: ['--people', 'Ada,Grace'] });
  });
  afterAll(() => cloud?.remove());

  const open = async () => {
    const address = cloud.endpoint().replace('127.0.0.1', 'localhost');
    const page = await openPage(`${address}/playground`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByLabel('Live events').getByText('live', { exact: true }).waitFor();
    return page;
  };
  /** A playground in which this person is signed in at the development issuer. */
  const openAs = async (name: string) => {
    const page = await open();
    await page.getByLabel('Signed-in person').check();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByText(`Signed in as ${name}`).waitFor();
    return page;
  };
  const placeOrder = (page: OpenedPage) => chooseTab(page, 'Process').then(() => execute(page));

  test('a person signs in, decides with a verified name, and signs out', async () => {
    const page = await openAs('Ada');
    await placeOrder(page);
    await page.getByLabel('Live events').getByText('PAUSED').waitFor();
    await chooseTab(page, 'Confirm');
    await execute(page);
    await answer(page, '"isVerified": true');
    await page.getByRole('button', { name: 'Copy as curl' }).click();

    const command = await page.evaluate(() => navigator.clipboard.readText());
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await execute(page);
    await answer(page, 'You are not signed in.');

    expect(new URL(page.url()).pathname).toBe('/playground');
    expect(new URL(page.url()).search).toBe('');
    expect(command).toContain('-H "authorization: $TOKEN"');
    for (const text of [command, kept]) expect(text).not.toMatch(/eyJ/);
    expect(page.problems).toEqual([]);
  });

  test('the API key is refused where people decide', async () => {
    const page = await open();
    await placeOrder(page);
    await answer(page, 'RECEIVED');
    await chooseTab(page, 'Confirm');
    await execute(page);
    await answer(page, 'Not Authorized');

    expect(await page.getByRole('radio', { name: 'API key' }).isChecked()).toBe(true);
    expect(await page.locator('.result-window').textContent()).toContain('"confirmOrder": null');
  });

  test('a person who has signed out is asked again who they are', async () => {
    const page = await openAs('Ada');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Grace', exact: true }).waitFor();

    expect(new URL(page.url()).searchParams.get('prompt')).toBe('login');
  });

  test('a subscription goes with the token of the person', async () => {
    const page = await openAs('Grace');
    const frames = sentFrames(page);
    await chooseTab(page, 'Follow');
    await typeQuery(page, FOLLOW);
    await expect
      .poll(() => frames.some((frame) => /"type":"start".*"Authorization":"eyJ/.test(frame)))
      .toBe(true);
    await page.evaluate(placeByScript, cloud.outputs());

    await answer(page, 'PAUSED');
  });

  test('a subscription of an IAM caller is signed, and a wrong secret is refused in a sentence', async () => {
    const credentials = readFileSync(join(cloud.data, 'credentials'), 'utf8');
    const [, id = ''] = /aws_access_key_id\s*=\s*(\S+)/.exec(credentials) ?? [];
    const [, secret = ''] = /aws_secret_access_key\s*=\s*(\S+)/.exec(credentials) ?? [];
    const page = await open();
    const frames = sentFrames(page);
    await page.getByLabel('IAM').check();
    await page.getByLabel('Access key id').fill(id);
    await page.getByLabel('Secret access key').fill('wrong');
    await chooseTab(page, 'Follow');
    await typeQuery(page, FOLLOW);
    await answer(page, '"errors"');
    await page.getByLabel('Secret access key').fill(secret);
    await execute(page);
    await answer(page, 'Not Authorized to access onOrderStatus on type Subscription');

    expect(frames.join('')).toContain('AWS4-HMAC-SHA256');
    expect(frames.join('')).not.toContain(secret);
  });

  test('a token that has expired is renewed, and the end of a sign-in is said in a sentence', async () => {
    const page = await openAs('Ada');
    const tokens = page.waitForRequest(/issuer.token$/);
    await cloud.advance('PT2H');
    await placeOrder(page);
    await answer(page, 'RECEIVED');
    const grant = (await tokens).postData();

    await cloud.end('SIGTERM'); // the development issuer forgets who has signed in
    await cloud.start();
    await cloud.advance('PT2H');
    await execute(page);
    await answer(page, 'Your sign-in has ended. Sign in again.');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();

    expect(grant).toContain('grant_type=refresh_token');
  });
});

function sentFrames(page: OpenedPage): readonly string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(String(payload))));
  return frames;
}

/** Runs in the browser: places an order with the API key. */
async function placeByScript({ GraphQLUrl, ApiKey }: { GraphQLUrl: string; ApiKey: string }): Promise<void> {
  await fetch(GraphQLUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': ApiKey },
    body: JSON.stringify({ query: 'mutation { processOrder(input: {}) { orderId } }' }),
  });
}
