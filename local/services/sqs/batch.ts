import { SqsError } from './errors.ts';
import type { Output } from './sqsContext.ts';
import type { SqsInput } from './wire/sqsInput.ts';

type Entry = { readonly id: string; readonly input: SqsInput };

/** Runs every entry by itself: one that is refused does not keep the others back. */
export function answerBatch(entries: readonly Entry[], run: (input: SqsInput) => Output): Output {
  const outcomes = entries.map((entry) => runEntry(entry, run));
  const failed = outcomes.filter((outcome) => 'Code' in outcome);
  return {
    Successful: outcomes.filter((outcome) => !('Code' in outcome)),
    ...(failed.length === 0 ? {} : { Failed: failed }),
  };
}

function runEntry({ id, input }: Entry, run: (input: SqsInput) => Output): Output {
  try {
    return { Id: id, ...run(input) };
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
    return { Id: id, Code: error.queryCode, Message: error.message, SenderFault: true };
  }
}
