import type { HandlerFunction } from './handlerFunction.ts';
import { HANDLERS, type Handler } from './handlers.ts';
import type { OrderApi } from './api/orderApi.ts';
import type { OrderBucket } from './bucket/orderBucket.ts';
import type { WaitingBucket } from './bucket/waitingBucket.ts';
import type { OrderWorkflow } from './workflow/orderWorkflow.ts';

export type Granting = {
  readonly bucket: OrderBucket;
  readonly waiting: WaitingBucket;
  readonly api: OrderApi;
  readonly workflow: OrderWorkflow;
};

type Grant = (to: HandlerFunction, from: Granting) => void;

/** An order as it stands; before the workflow has written it, and for what it is about, its request. */
const view: Grant = (to, { bucket }) => bucket.letRead(to, 'requests', 'orders', 'decisions');

/** Tells the execution that waits for a decision. The task token of an order that version 1 paused is with the records. */
const resume: Grant = (to, { bucket, waiting, workflow }) => {
  bucket.letRead(to, 'requests', 'orders', 'decisions', 'tokens');
  waiting.letReadTokens(to);
  workflow.letResume(to);
};

/** A decision from outside: put on record, and told to the execution. */
const decide: Grant = (to, from) => {
  resume(to, from);
  from.bucket.letWrite(to, 'decisions');
};

/** The end of an order: written, announced, and on the list of the ended ones instead of those that wait. */
const end: Grant = (to, from) => {
  view(to, from);
  from.bucket.letWrite(to, 'orders', 'ended');
  from.bucket.letDelete(to, 'pending');
  from.waiting.letDeleteTokens(to);
  from.api.letPublish(to);
};

/** An end that the workflow decides itself, if there is no decision yet. */
const decideAndEnd: Grant = (to, from) => {
  end(to, from);
  from.bucket.letWrite(to, 'decisions');
};

/** What each function may do, and nothing else. The sources in `functions/` are the reason for each line. */
const GRANTS = {
  'api/processOrder': (to, from) => {
    view(to, from);
    from.bucket.letWrite(to, 'requests');
    from.workflow.letStart(to);
  },
  'api/confirmOrder': decide,
  'api/cancelOrder': decide,
  'api/order': view,
  'api/pendingOrders': (to, from) => {
    view(to, from);
    from.waiting.letList(to);
    from.bucket.letList(to, 'pending');
  },
  'api/endedOrders': (to, from) => {
    view(to, from);
    from.bucket.letList(to, 'ended');
  },
  'steps/processOrder': (to, { bucket, api }) => {
    bucket.letRead(to, 'requests', 'orders');
    bucket.letWrite(to, 'orders');
    api.letPublish(to);
  },
  'steps/storeTaskToken': (to, from) => {
    resume(to, from);
    from.bucket.letWrite(to, 'orders');
    from.bucket.letDelete(to, 'pending');
    from.waiting.letWriteTokens(to);
    from.waiting.letDeleteTokens(to);
    from.api.letPublish(to);
  },
  'steps/completeOrder': end,
  'steps/rejectOrder': end,
  'steps/cancelOrder': end,
  'steps/expireOrder': decideAndEnd,
  'steps/failOrder': decideAndEnd,
  'recovery/recordsCreated': (to, from) => {
    resume(to, from);
    from.workflow.letStart(to);
  },
  'recovery/executionEnded': decideAndEnd,
} satisfies Record<Handler, Grant>;

export function grantPermissions(to: Readonly<Record<Handler, HandlerFunction>>, from: Granting): void {
  for (const handler of HANDLERS) GRANTS[handler](to[handler], from);
}
