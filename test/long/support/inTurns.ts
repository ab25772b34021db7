import type { Answer } from '../../support/graphql.ts';

const CLIENTS = 16;

/** Does the work of every item, as several clients that take one after the other. */
export async function inTurns<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  clients = CLIENTS,
): Promise<void> {
  const left = items.values();
  const client = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** Asks again for as long as the answer says that this may help, as a client of a busy machine does. */
export async function insist<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (;;) {
    const answer = await ask();
    const mayHelp = answer.errors?.every(({ errorInfo }) => errorInfo?.retryable === true) ?? false;
    if (!mayHelp) return answer;
  }
}
