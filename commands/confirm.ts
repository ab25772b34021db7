import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

export type Terminal = { readonly stdin: NodeJS.ReadableStream; readonly stdout: NodeJS.WritableStream };

/** Asks in a terminal. Everything but yes is a no, also Ctrl+C, Ctrl+D and the end of the input. */
export async function confirm(question: string, { stdin, stdout }: Terminal): Promise<boolean> {
  const asking = createInterface({ input: stdin, output: stdout });
  const ended = once(asking, 'close').then(() => '');
  const answer = await Promise.race([asking.question(question).catch(() => ''), ended]);
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}
