import { randomBytes } from 'node:crypto';
import { createClient } from '../../client/createClient.ts';
import type { Outputs } from '../outputs.ts';
import type { Step } from './scenario.ts';

/** Runs the steps one after another; answers a text for each, in which ids and times are the same in every run. */
export async function runScenario(outputs: Outputs, steps: readonly Step[]): Promise<readonly string[]> {
  const run = `_${randomBytes(RUN_BYTES).toString('hex')}`; // short: messages name the first 40 characters of an id
  const answers: string[] = [];
  for (const step of steps) answers.push(normalize(await answerTo(outputs, step, run), run));
  return answers;
}

const RUN_BYTES = 6;
const DECISION = 'decision { kind decidedBy isVerified reason at }';
const EVENT = 'orderId status version at reason decidedBy deadline reminder';
const ORDER = `orderId orderDetails requestedBy createdAt ${DECISION}`;
const FULL_ORDER = `${ORDER} status version updatedAt deadline history { ${EVENT} }`;
const TYPES: Readonly<Record<string, string>> = {
  processOrder: 'ProcessOrderInput',
  confirmOrder: 'ConfirmOrderInput',
  cancelOrder: 'CancelOrderInput',
};
const MAX_FOLLOW_MILLISECONDS = 60_000;

async function answerTo(outputs: Outputs, step: Step, run: string): Promise<unknown> {
  const idOf = (text: string) => text.replace(/<(.+)>/, `$1${run}`);
  if ('follow' in step) return eventsUntil(outputs, idOf(step.follow), step.until);
  if ('query' in step)
    return post(outputs, `query ($orderId: ID!) { order(orderId: $orderId) { ${FULL_ORDER} } }`, {
      orderId: idOf(step.query),
    });
  // The workflow may have moved on when a mutation answers: its status is compared by the events.
  const document = `mutation ($input: ${TYPES[step.mutation]}!) { ${step.mutation}(input: $input) { ${ORDER} } }`;
  return post(outputs, document, {
    input: { ...step.input, orderId: idOf(String(step.input['orderId'])) },
  });
}

async function post({ GraphQLUrl = '', ApiKey = '' }: Outputs, query: string, variables: unknown) {
  const response = await fetch(GraphQLUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': ApiKey },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...Object(await response.json()) };
}

async function eventsUntil(
  { GraphQLUrl = '', RealtimeUrl = '', ApiKey = '' }: Outputs,
  orderId: string,
  until: string,
) {
  const client = createClient({ url: GraphQLUrl, realtimeUrl: RealtimeUrl, apiKey: ApiKey });
  const signal = AbortSignal.timeout(MAX_FOLLOW_MILLISECONDS);
  const seen: unknown[] = [];
  for await (const event of client.watchOrder(orderId, { signal })) {
    seen.push(event);
    if (event.status === until) return seen;
  }
  return [...seen, `no ${until} within ${MAX_FOLLOW_MILLISECONDS} ms`];
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

function normalize(answer: unknown, run: string): string {
  return JSON.stringify(answer, sorted)
    .replaceAll(run, '')
    .replaceAll(TIME, '<time>')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>');
}

/** JSON has no order of fields, and GraphQL's is that of the document. */
function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
