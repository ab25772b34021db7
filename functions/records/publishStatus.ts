import { setTimeout as pause } from 'node:timers/promises';
import type { OrderStatusEvent } from '../../schema.generated.ts';
import { environment } from '../aws/environment.ts';
import { factsOf, log } from '../aws/log.ts';
import { emitMetrics } from '../aws/metrics.ts';
import { signedPost } from '../aws/signedPost.ts';
import { fieldsOf } from '../order/fields.ts';
import { sendStatusEvents } from './sendStatusEvents.ts';

// Subscribers get nothing that the publishing document does not select.
const DOCUMENT = `mutation PublishOrderStatus($input: OrderStatusEventInput!) {
  publishOrderStatus(input: $input) { orderId status version at reason decidedBy deadline reminder }
}`;
const TRIES = 3;
const TRY_TIMEOUT_MS = 600; // three of them and the pauses between stay within the 2 s of rule 8
const PAUSE_MS = 50;

/** Rule 8 (docs/protocol.md): status first, then this. It never fails the caller: a client finds a lost event by its version. */
export async function publishStatus(event: OrderStatusEvent): Promise<void> {
  for (let left = TRIES - 1; left >= 0; left -= 1) {
    try {
      return await publish(event);
    } catch (error) {
      if (left === 0) reportFailure(event, error);
      else await pause(PAUSE_MS);
    }
  }
}

/** Tells the subscribers of the API and, where the deployment asks for it, the account's event bus. */
export async function publishStatuses(events: readonly OrderStatusEvent[]): Promise<void> {
  await Promise.all([publishInOrder(events), sendStatusEvents(events)]);
}

/** One after the other, so that subscribers get the versions in order. */
async function publishInOrder(events: readonly OrderStatusEvent[]): Promise<void> {
  for (const event of events) await publishStatus(event);
}

async function publish(event: OrderStatusEvent): Promise<void> {
  const body = JSON.stringify({ query: DOCUMENT, variables: { input: event } });
  const url = environment('GRAPHQL_URL');
  const headers = { 'content-type': 'application/json' };
  const answer = await signedPost({ service: 'appsync', url, headers, body, timeoutMs: TRY_TIMEOUT_MS });
  const isAccepted = answer.status < 300 && !hasErrors(answer.body);
  if (!isAccepted) throw new PublishRefused(answer.status);
}

const hasErrors = (body: string): boolean =>
  fieldsOf(JSON.parse(body), 'an answer of AppSync').value('errors') !== null;

class PublishRefused extends Error {
  override readonly name = 'PublishRefused';
  constructor(status: number) {
    super(`AppSync refused a status with HTTP ${status}.`);
  }
}

/** The line names the event and never shows what is in it. The alarm watches the metric. */
function reportFailure({ orderId, version }: OrderStatusEvent, error: unknown): void {
  log('A status was not published.', { orderId, version, ...factsOf(error) });
  emitMetrics({ PublishFailed: 1 });
}
