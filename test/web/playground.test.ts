import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { launchBrowser } from './support/browser.ts';
import { answer, chooseTab, execute, typeHeaders, typeQuery } from './support/editor.ts';
import { accessibilityProblems, createOpenPage } from './support/openPage.ts';

const browser = await launchBrowser();
const run = promisify(execFile);

describe.skipIf(browser === null)('the playground', () => {
  const openPage = createOpenPage(browser);
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud();
  });
  afterAll(() => cloud?.remove());

  const open = async () => {
    const page = await openPage(`${cloud.endpoint()}/playground`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByLabel('Live events').getByText('live', { exact: true }).waitFor();
    return page;
  };

  test('runs its examples any number of times, each time with an order of its own', async () => {
    const page = await open();
    const live = page.getByLabel('Live events');

    for (const count of [1, 2]) {
      await chooseTab(page, 'Process');
      await execute(page);
      await live
        .getByText('PAUSED')
        .nth(count - 1)
        .waitFor();
      await chooseTab(page, 'Confirm');
      await execute(page);
      await live
        .getByText('COMPLETED')
        .nth(count - 1)
        .waitFor();
    }

    expect(page.problems).toEqual([]);
  });

  test('shows a refused subscription as an error in the shape of GraphQL', async () => {
    const page = await open();

    await chooseTab(page, 'Follow');
    await typeQuery(page, 'subscription Follow { onOrderStatus { statuss } }');
    await answer(page, 'ValidationError');
    const shown = await page.locator('.result-window').textContent();

    expect(shown).toContain('"errors"');
    expect(shown).toContain('statuss');
    expect(shown).not.toMatch(/stack|playground\.js/);
  });

  test.each([
    ['the server is away', 'Process', 'could not be sent'],
    ['something else answers', 'Process', 'status 502'],
    ['IAM has no credentials yet', 'Process', 'Fill in the access key id'],
    ['IAM has no credentials yet', 'Follow', 'Fill in the access key id'],
    ['the key is empty', 'Follow', 'apiKey'],
  ])('shows an error in the shape of GraphQL when %s (%s)', async (reason, tab, shownText) => {
    const page = await open();
    const graphql = `${cloud.endpoint()}/graphql`;
    await chooseTab(page, tab);

    if (reason === 'the server is away') await page.route(graphql, (route) => route.abort());
    if (reason === 'something else answers')
      await page.route(graphql, (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    if (reason.startsWith('IAM')) await page.getByLabel('IAM').check();
    if (reason === 'the key is empty') await typeHeaders(page, '{"x-api-key": ""}');
    await execute(page);
    await answer(page, shownText);
    const shown = await page.locator('.result-window').textContent();

    expect(shown).toContain('"errorType"');
    expect(shown).not.toMatch(/stack|playground\.js/);
  });

  test('tells status, time and size of the last answer, and copies the request as a curl command', async () => {
    const page = await open();
    await chooseTab(page, 'Process');
    await execute(page);
    await answer(page, 'orderId');

    const status = await page.getByRole('status', { name: 'Last answer' }).textContent();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const { stdout } = await run('sh', ['-c', `${command} --silent`]);

    expect(status).toMatch(/^Status 200, \d+ ms, \d+ bytes$/);
    expect(JSON.parse(stdout)).toMatchObject({ data: { processOrder: { orderId: expect.any(String) } } });
  });

  test('runs an example and copies its command without TLS, as behind --host, where browsers leave much out', async () => {
    const page = await open();
    await page.evaluate(() => {
      for (const [owner, name] of [
        [Navigator, 'clipboard'],
        [Crypto, 'randomUUID'],
        [Crypto, 'subtle'],
      ] as const)
        Reflect.deleteProperty(owner.prototype, name);
    });
    await chooseTab(page, 'Process');
    await execute(page);
    await answer(page, 'RECEIVED');

    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await page.getByLabel('Only events with').press('Control+V');

    expect(await page.getByLabel('Only events with').inputValue()).toMatch(
      /^curl 'http.*"orderId":"order-\d+"/,
    );
  });

  test('calls as an IAM caller with the credentials of the local cloud', async () => {
    const credentials = readFileSync(join(cloud.data, 'credentials'), 'utf8');
    const [, id = ''] = /aws_access_key_id\s*=\s*(\S+)/.exec(credentials) ?? [];
    const [, secret = ''] = /aws_secret_access_key\s*=\s*(\S+)/.exec(credentials) ?? [];
    const page = await open();
    const publish = `mutation Announce { publishOrderStatus(input: {orderId: "by-hand", status: PAUSED, version: 3, at: "2026-01-01T00:00:00Z"}) { orderId status } }`;
    await chooseTab(page, 'Process');

    await typeQuery(page, publish);
    await answer(page, 'Not Authorized');
    await page.getByLabel('IAM').check();
    await page.getByLabel('Access key id').fill(id);
    await page.getByLabel('Secret access key').fill(secret);
    await execute(page);
    await answer(page, 'by-hand');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));

    expect(command).toContain("--aws-sigv4 'aws:amz:us-east-1:appsync'");
    for (const text of [command, kept]) expect(text).not.toContain(secret);
    await page.getByLabel('Session token').fill('a-session');
    const sent = page.waitForRequest((request) => request.postData()?.includes('Announce') === true);
    await execute(page);
    expect((await sent).headers()['x-amz-security-token']).toBe('a-session');
    await answer(page, 'The security token included in the request is invalid');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      ' -H "x-amz-security-token: $AWS_SESSION_TOKEN" -H ',
    );
  });

  test('shows what the function of a request has logged, such as the cause of an internal error', async () => {
    const page = await open();
    await cloud.arm({ point: 's3.PutObject', kind: 'error', times: 9 });
    onTestFinished(() => cloud.heal());
    await chooseTab(page, 'Process');
    await execute(page);
    await answer(page, 'InternalError');

    await page.getByText(/^Log of this request \(\d+\)$/).waitFor();
    const log = await page.getByRole('group').filter({ hasText: 'Log of this request' }).textContent();

    const shown = await page.locator('.result-window').textContent();
    const [id = 'none'] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(shown ?? '') ?? [];
    expect(log).toMatch(/ProcessOrder\w*-\w+ \| ERROR /);
    expect(log).toContain(id);
    expect(log).not.toContain(cloud.outputs().ApiKey);
  });

  test('folds its panel away, and keeps it so', async () => {
    const page = await open();
    const width = () => page.evaluate(() => document.querySelector('#graphiql')?.clientWidth ?? 0);
    const before = await width();

    await page.getByRole('button', { name: 'Hide the panel' }).click();
    await page.getByRole('button', { name: 'Show the panel' }).waitFor();
    await expect.poll(width).toBeGreaterThan(before + 150);
    await page.reload();
    await page.getByRole('button', { name: 'Show the panel' }).waitFor();

    expect(await page.getByLabel('Live events').isVisible()).toBe(false);
  });

  test('has a panel of any width, by pointer and by keyboard, that stays', async () => {
    const page = await open();
    const edge = page.getByRole('separator', { name: 'Width of the panel' });
    const width = () =>
      page.getByRole('complementary').evaluate((panel) => Math.round(panel.getBoundingClientRect().width));
    const before = await width();

    await edge.hover();
    await page.mouse.down();
    await page.mouse.move(800, 300);
    await page.mouse.up();
    await edge.press('ArrowLeft');
    await expect.poll(width).toBe(500);
    await page.reload();
    await edge.waitFor();
    await expect.poll(width).toBe(500);

    expect(before).toBe(320);
    expect(page.problems).toEqual([]);
  });

  test('holds its events still while they are read, and shows those with a text alone', async () => {
    const page = await open();
    const live = page.getByLabel('Live events');
    await chooseTab(page, 'Process');
    await execute(page);
    await live.getByText('PAUSED').waitFor();

    await live.getByRole('button', { name: 'Pause' }).click();
    await chooseTab(page, 'Confirm');
    await execute(page);
    await live.getByRole('button', { name: 'Go on (2 more)' }).waitFor();
    const held = await live.getByRole('listitem').count();
    await live.getByRole('button', { name: 'Go on' }).click();
    await live.getByText('COMPLETED').waitFor();
    await live.getByLabel('Only events with').fill('confirmed');

    expect(held).toBe(2);
    expect(await live.getByRole('listitem').count()).toBe(1);
    await live.getByLabel('Only events with').fill('nothing has this');
    await live.getByText('No event has this text.').waitFor();
  });

  test('fits a phone, and has no problem of accessibility but the buttons that GraphiQL puts into its tabs', async () => {
    const page = await open();
    await chooseTab(page, 'Process');
    await execute(page);
    await answer(page, 'RECEIVED');
    const problems = (await accessibilityProblems(page)).map((problem) => problem.split(' ')[0]);

    await page.setViewportSize({ width: 390, height: 844 });
    const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);

    expect(new Set(problems)).toEqual(new Set(['nested-interactive']));
    expect(needed).toBe(given);
  });

  test('clears its events', async () => {
    const page = await open();
    const live = page.getByLabel('Live events');
    await chooseTab(page, 'Process');
    await execute(page);
    await live.getByText('PAUSED').waitFor();

    await live.getByRole('button', { name: 'Clear' }).click();

    expect(await live.getByRole('listitem').count()).toBe(0);
  });

  test('opens a new tab with a query of the API, and brings the examples back', async () => {
    const page = await open();

    await page.getByRole('button', { name: 'New tab' }).click();
    await page.locator('.graphiql-query-editor').getByText('endedOrders').first().waitFor();
    await page.getByRole('button', { name: 'Restore the examples' }).click();
    await page.getByLabel('Live events').waitFor();

    const tabs = await page.getByRole('tab').allTextContents();
    for (const name of ['Process', 'Look', 'Pending', 'Confirm', 'Reject', 'Cancel', 'Ended', 'Follow'])
      expect(tabs.join(' ')).toContain(name);
  });

  test('has a heading, a main part, the address of its API and a schema that other tools can read', async () => {
    const page = await open();

    const schema = await page.evaluate(async () => (await fetch('/playground/schema.graphql')).text());

    expect(await page.getByRole('main').getByRole('heading', { level: 1 }).textContent()).toContain(
      'Countersign',
    );
    await page.getByText(cloud.outputs().GraphQLUrl.replace('localhost', '127.0.0.1')).waitFor();
    expect(Object.keys(buildSchema(schema).getTypeMap())).toContain('OrderStatusEvent');
    await page.getByRole('link', { name: 'To the page' }).waitFor();
  });
});
