import type { Answer } from '../../support/graphql.ts';

/** Asks again for as long as the answer says that this may help, as a client of a busy machine does. */
export async function insist<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (;;) {
    const answer = await ask();
    const mayHelp = answer.errors?.every(({ errorInfo }) => errorInfo?.retryable === true) ?? false;
    if (!mayHelp) return answer;
  }
}
