import type { OpenedPage } from './openPage.ts';

/** What a person does with GraphiQL on the playground. */
export const chooseTab = (page: OpenedPage, tab: string) =>
  page.getByRole('tab').filter({ hasText: tab }).click();

export const execute = (page: OpenedPage) => page.getByRole('button', { name: /^Execute/ }).click();

/** Waits until the answer of the editor contains this text. */
export const answer = (page: OpenedPage, text: string) =>
  page.locator('.result-window').getByText(text).first().waitFor();

/** Sends a query over GraphiQL, as typed into the tab that is open. */
export async function typeQuery(page: OpenedPage, query: string): Promise<void> {
  await page.locator('.graphiql-query-editor .CodeMirror').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(query);
  await execute(page);
}

/** Replaces the headers of the tab that is open. */
export async function typeHeaders(page: OpenedPage, headers: string): Promise<void> {
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('.graphiql-editor:not(.hidden) > .CodeMirror:visible >> nth=-1').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(headers);
}
