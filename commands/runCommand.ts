import { BadCommand } from './outputs.ts';

/** Runs a command to its end: a person's mistake is one line and exit code 1, a bug shows its stack. */
export async function runCommand(command: () => Promise<void> | void): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof BadCommand ? error.message : error);
    process.exitCode = 1;
  }
}
