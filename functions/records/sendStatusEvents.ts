import { setTimeout as pause } from 'node:timers/promises';
import type { OrderStatusEvent } from '../../schema.generated.ts';
import { eventsUrl } from '../aws/environment.ts';
import { factsOf, log } from '../aws/log.ts';
import { emitMetrics } from '../aws/metrics.ts';
import { signedPost } from '../aws/signedPost.ts';
import { fieldsOf } from '../order/fields.ts';

const TRIES = 3;
const TRY_TIMEOUT_MS = 600; // as for the publication beside it, which takes 2 s at most
const PAUSE_MS = 50;

/**
 * With `-c statusEvents=on`: puts each status on the account's event bus, source `countersign`, with the status as its detail
 * type and the event of the schema as its detail. Like a publication it never fails the caller.
 */
export async function sendStatusEvents(events: readonly OrderStatusEvent[]): Promise<void> {
  const url = eventsUrl();
  if (url === null || events.length === 0) return;
  for (let left = TRIES - 1; left >= 0; left -= 1) {
    try {
      return await put(url, events);
    } catch (error) {
      if (left === 0) reportFailure(events, error);
      else await pause(PAUSE_MS);
    }
  }
}

async function put(url: string, events: readonly OrderStatusEvent[]): Promise<void> {
  const entries = events.map((event) => ({
    Source: 'countersign',
    DetailType: event.status,
    Detail: JSON.stringify(event),
    Time: Date.parse(event.at) / 1000,
  }));
  const answer = await signedPost({
    service: 'events',
    url,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
    body: JSON.stringify({ Entries: entries }),
    timeoutMs: TRY_TIMEOUT_MS,
  });
  const isAccepted = answer.status === 200 && failedEntries(answer.body) === 0;
  if (!isAccepted) throw new EventsRefused(answer.status);
}

const failedEntries = (body: string): number =>
  fieldsOf(JSON.parse(body), 'an answer of EventBridge').integer('FailedEntryCount');

class EventsRefused extends Error {
  override readonly name = 'EventsRefused';
  constructor(status: number) {
    super(`EventBridge refused a status with HTTP ${status}.`);
  }
}

/** The line says which events, never what is in them. */
function reportFailure(events: readonly OrderStatusEvent[], error: unknown): void {
  const [{ orderId, version } = { orderId: null, version: null }] = events;
  log('A status was not put on the event bus.', { orderId, version, ...factsOf(error) });
  emitMetrics({ PublishFailed: 1 });
}
