import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { NO_BROWSER } from './browser.ts';
import { startFakeCloud, type FakeCloud } from './fakeCloud.ts';

const ARTEFACTS = join(import.meta.dirname, '../../artefacts');
const AXE = readFileSync(join(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js'), 'utf8');
const LOOPBACK = ['localhost', '127.0.0.1'];

/** A fake cloud that ends with the test. */
export async function fakeCloud(): Promise<FakeCloud> {
  const cloud = await startFakeCloud();
  onTestFinished(() => cloud.server.close());
  return cloud;
}

export type OpenedPage = Page & {
  /** What went wrong in it that nobody should see: console errors, exceptions, requests to elsewhere. */
  readonly problems: string[];
};

export type OpenOptions = BrowserContextOptions & {
  /** The name that the person has given before. */
  readonly name?: string;
};
export type OpenPage = (url: string, options?: OpenOptions) => Promise<OpenedPage>;

/** Opens pages that are closed with the test; on a machine without a browser the tests are skipped, and say so. */
export function createOpenPage(browser: Browser | null): OpenPage {
  if (browser === null) console.warn(NO_BROWSER);
  afterAll(() => browser?.close());
  return async (url, { name, ...options } = {}) => {
    if (browser === null) throw new Error(NO_BROWSER);
    const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const problems = watchProblems(page);
    await page.addInitScript((given) => {
      if (given !== undefined) localStorage.setItem('countersign/name', given);
    }, name);
    await page.goto(url);
    return Object.assign(page, { problems });
  };
}

function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && !LOOPBACK.includes(hostname)) problems.push(request.url());
  });
  return problems;
}

/** Keeps a picture of the page for whoever reads the results. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`) });
}

/** What axe finds wrong, by all its rules. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // Not by a script tag: the page's own policy would rightly refuse it.
  return page.evaluate(`(async () => {
    const module = { exports: {} };
    ${AXE}
    const { violations } = await module.exports.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary].join(' ')));
  })()`);
}

/** The screens that the page is made for, in CSS pixels. */
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
