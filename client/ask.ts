import type { Environment } from './environment.ts';
import { InternalError, Unreachable } from './errors.ts';
import { OPERATIONS } from './operations.ts';
import { fieldsOf, parseError } from './parseError.ts';

export type Ask = <Result>(
  field: keyof typeof OPERATIONS,
  variables: unknown,
  signal?: AbortSignal,
) => Promise<Result>;

/** AppSync itself gives up after 30 s. */
const LONGEST_REQUEST_MILLISECONDS = 35_000;

/** Asks one field over HTTP; answers its value or throws one of the typed errors. */
export function createAsk(environment: Environment): Ask {
  return async (field, variables, signal) => {
    const body = JSON.stringify({ query: OPERATIONS[field], variables });
    const { status, text } = await send(environment, body, signal);
    return parseAnswer(field, status, text);
  };
}

async function send({ url, apiKey, fetch, timers }: Environment, body: string, signal?: AbortSignal) {
  const aborting = new AbortController();
  const abort = () => aborting.abort();
  const timer = timers.setTimeout(abort, LONGEST_REQUEST_MILLISECONDS);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
    const response = await fetch(url, { method: 'POST', headers, body, signal: aborting.signal });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    signal?.throwIfAborted();
    throw new Unreachable('Unreachable', 'The API could not be reached.', true, { cause });
  } finally {
    timers.clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function parseAnswer<Result>(field: string, status: number, text: string): Result {
  if (status >= 500) throw new Unreachable('Unreachable', `The API answered with status ${status}.`, true);
  const { data, errors } = fieldsOf(parseJson(text));
  const [error] = Array.isArray(errors) ? errors : [];
  if (error !== undefined) throw parseError({ errorCode: status, ...fieldsOf(error) });
  const result = fieldsOf(data)[field];
  if (result !== undefined) return result as Result;
  if (status === 401 || status === 403 || status === 429) throw parseError({ errorCode: status });
  throw new InternalError('InternalError', `The answer with status ${status} is none of GraphQL.`);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
