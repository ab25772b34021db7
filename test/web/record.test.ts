import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { createOpenPage, fakeCloud, type OpenedPage } from './support/openPage.ts';

const browser = await launchBrowser();

describe.skipIf(browser === null)('the record of decisions', () => {
  const openPage = createOpenPage(browser);
  const withRecord = async () => {
    const cloud = await fakeCloud();
    cloud.addPaused('chairs', 'Chairs', { requestedBy: 'Lin' });
    cloud.decide('chairs', 'REJECTED', 'Ada', '=1+1');
    cloud.addPaused('late', 'Printer');
    cloud.end('late', 'EXPIRED');
    cloud.addPaused('open', 'Still open');
    const page = await openPage(cloud.url);
    await page.getByRole('button', { name: 'Decided 2' }).click();
    return { cloud, page };
  };
  const download = async (page: OpenedPage, format: string) => {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: format }).click();
    const file = await coming;
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  };

  test('says who decided, when and why, from before the page was opened too', async () => {
    const { page } = await withRecord();

    await page.getByRole('button', { name: 'Waiting 1' }).waitFor();
    expect(await page.locator('.row-title').allTextContents()).toEqual(
      expect.arrayContaining(['Printer', 'Chairs']),
    );
    const row = page.locator('.row').filter({ hasText: 'Chairs' });
    expect(await row.locator('.row-facts').textContent()).toBe('Rejected by Ada: =1+1');
    expect(await row.locator('time').textContent()).toMatch(/^\d\d:\d\d/);
    expect(page.problems).toEqual([]);
  });

  test('is not asked for again order by order', async () => {
    const { page } = await withRecord();
    const asked: unknown[] = [];
    page.on('request', (request) => {
      const { variables } = request.postDataJSON() ?? {};
      if (variables?.orderId !== undefined) asked.push(variables.orderId);
    });

    await page.reload();
    await page.getByRole('button', { name: 'Decided 2' }).waitFor();
    await page.locator('.connection.live').waitFor();
    await page.getByText('Still open').click();
    await page.getByRole('button', { name: 'Confirm' }).waitFor();

    expect([...new Set(asked)]).toEqual(['open']);
  });

  test('takes in what is decided now, at its top', async () => {
    const { cloud, page } = await withRecord();

    cloud.decide('open', 'CONFIRMED', 'Grace');
    await page.getByText('Confirmed by Grace').waitFor();

    expect((await page.locator('.row-title').allTextContents())[0]).toBe('Still open');
    await page.getByRole('button', { name: 'Decided 3' }).waitFor();
  });

  test('can be kept as CSV in which nothing is a formula', async () => {
    const { page } = await withRecord();

    const { name, text } = await download(page, 'CSV');

    expect(name).toBe('decided-orders.csv');
    expect(text).toMatch(/\nchairs,Chairs,Lin,REJECTED,[^,]+,REJECTED,Ada,false,"'=1\+1",/);
    expect(text.trim().split('\n')).toHaveLength(3);
  });

  test('can be kept as JSON', async () => {
    const { page } = await withRecord();

    const { name, text } = await download(page, 'JSON');

    expect(name).toBe('decided-orders.json');
    expect(JSON.parse(text)).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ orderId: 'chairs', requestedBy: 'Lin' })]),
    );
  });

  test('is loaded page by page', async () => {
    const cloud = await fakeCloud();
    for (let index = 0; index < 130; index += 1) {
      cloud.addPaused(`order-${index}`, `Request ${index}`);
      cloud.decide(`order-${index}`, 'CONFIRMED', 'Ada');
    }
    const page = await openPage(cloud.url);
    await page.getByRole('button', { name: 'Decided 100+' }).click();

    await page.getByRole('button', { name: 'Show older orders' }).click();

    await page.getByRole('button', { name: 'Decided 130' }).waitFor();
    expect(await page.getByRole('button', { name: 'Show older orders' }).count()).toBe(0);
  });
});
