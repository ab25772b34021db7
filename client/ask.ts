import { fieldsOf, parseJson } from './answers/json.ts';
import { parseError } from './answers/parseError.ts';
import type { CallOptions } from './client.ts';
import { backoff, type Environment } from './environment.ts';
import { isClientError, Unreachable } from './errors.ts';
import type { Operation } from './operations.ts';
import { sleep, within } from './within.ts';

export type Ask = <Answer>(
  operation: Operation<Answer>,
  variables: unknown,
  options?: CallOptions,
) => Promise<Answer>;

/** AppSync itself gives up after 30 s. */
const MAX_REQUEST_MILLISECONDS = 35_000;

/** Asks one field over HTTP; answers its value or throws one of the typed errors. */
export function createAsk(environment: Environment): Ask {
  const { timers, random } = environment;
  return async ({ field, document, parse }, variables, { signal, retries = 0 } = {}) => {
    const body = JSON.stringify({ query: document, variables });
    for (let attempt = 0; ; attempt += 1) {
      try {
        return parse(await send(environment, body, field, signal), field);
      } catch (error) {
        if (!(attempt < retries) || !isClientError(error) || !error.retryable) throw error;
        await sleep(timers, backoff(attempt, random), signal);
      }
    }
  };
}

async function send(
  { url, credential, fetch, timers }: Environment,
  body: string,
  field: string,
  outer: AbortSignal | undefined,
): Promise<unknown> {
  try {
    return await within(timers, MAX_REQUEST_MILLISECONDS, outer, async (signal) => {
      const headers = { 'content-type': 'application/json', ...(await credential()).headers };
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      return valueIn(field, response.status, await response.text());
    });
  } catch (cause) {
    if (isClientError(cause) || outer?.aborted === true) throw cause;
    throw new Unreachable('Unreachable', 'The API could not be reached.', true, { cause });
  }
}

/** The field's value in an answer without errors. */
function valueIn(field: string, status: number, text: string): unknown {
  const { data, errors } = fieldsOf(parseJson(text));
  const value = fieldsOf(data)[field];
  const [error] = Array.isArray(errors) ? errors : [];
  const message = `The API answered with status ${status} and no GraphQL response.`;
  if (status >= 500) throw new Unreachable('Unreachable', message, true);
  if (error !== undefined) throw parseError({ errorCode: status, ...fieldsOf(error) });
  if (value === undefined) throw parseError({ errorCode: status === 200 ? 0 : status, message });
  return value;
}
