import { explain } from './explain.ts';

export type Command = {
  /** What `--help` prints: how to call it, and what it does. */
  readonly usage: string;
  readonly run: (words: readonly string[]) => Promise<void> | void;
};

/** Runs a command to its end: a person's mistake is one line and exit code 1, a bug shows its stack. */
export async function runCommand({ usage, run }: Command): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes('--help') || words.includes('-h')) return console.log(usage);
  try {
    await run(words);
  } catch (error) {
    console.error(explain(error) ?? error);
    process.exitCode = 1;
  }
}
