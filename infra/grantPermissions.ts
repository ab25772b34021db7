import type { HandlerFunction } from './handlerFunction.ts';
import { HANDLERS, type Handler } from './handlers.ts';
import type { OrderApi } from './api/orderApi.ts';
import type { OrderBucket } from './bucket/orderBucket.ts';
import type { OrderWorkflow } from './workflow/orderWorkflow.ts';

export type Granting = {
  readonly bucket: OrderBucket;
  readonly api: OrderApi;
  readonly workflow: OrderWorkflow;
};

type Grant = (to: HandlerFunction, from: Granting) => void;

/** A decision from outside: put on record, and told to the execution that waits for it. */
const decide: Grant = (to, { bucket, workflow }) => {
  bucket.letRead(to, 'requests', 'orders', 'decisions', 'tokens');
  bucket.letWrite(to, 'decisions');
  workflow.letResume(to);
};

/** The end of an order: written, announced, and off the worklist. */
const end: Grant = (to, { bucket, api }) => {
  bucket.letRead(to, 'requests', 'orders', 'decisions');
  bucket.letWrite(to, 'orders', 'ended');
  bucket.letDelete(to, 'pending');
  api.letPublish(to);
};

/** The end that a decision leads to. Where the decision overtook the pause, the pause is made up for, with its deadline. */
const settle: Grant = (to, from) => {
  end(to, from);
  from.workflow.letSetDeadline(to);
};

/** The end of an order that cannot go on, decided if nobody has. */
const fail: Grant = (to, from) => {
  end(to, from);
  from.bucket.letWrite(to, 'decisions');
};

/** What each function may do, and nothing else. The sources in `functions/` are the reason for each line. */
const GRANTS = {
  'api/processOrder': (to, { bucket, workflow }) => {
    bucket.letRead(to, 'requests', 'orders', 'decisions');
    bucket.letWrite(to, 'requests');
    workflow.letStart(to);
  },
  'api/confirmOrder': decide,
  'api/cancelOrder': decide,
  'api/order': (to, { bucket }) => bucket.letRead(to, 'requests', 'orders', 'decisions'),
  'api/pendingOrders': (to, { bucket }) => {
    bucket.letList(to, 'pending');
    bucket.letRead(to, 'requests', 'orders', 'decisions');
  },
  'api/endedOrders': (to, { bucket }) => {
    bucket.letList(to, 'ended');
    bucket.letRead(to, 'requests', 'orders', 'decisions');
  },
  'steps/processOrder': (to, { bucket, api }) => {
    bucket.letRead(to, 'requests', 'orders');
    bucket.letWrite(to, 'orders');
    api.letPublish(to);
  },
  'steps/storeTaskToken': (to, { bucket, api, workflow }) => {
    bucket.letRead(to, 'requests', 'orders', 'decisions', 'tokens');
    bucket.letWrite(to, 'orders', 'tokens', 'pending');
    bucket.letDelete(to, 'pending');
    api.letPublish(to);
    workflow.letResume(to);
    workflow.letSetDeadline(to);
    workflow.letRemind(to);
  },
  'steps/completeOrder': settle,
  'steps/rejectOrder': settle,
  'steps/cancelOrder': settle,
  'steps/expireOrder': (to, from) => {
    settle(to, from);
    from.bucket.letWrite(to, 'decisions');
  },
  'steps/failOrder': fail,
  'recovery/requestCreated': (to, { workflow }) => workflow.letStart(to),
  'recovery/decisionCreated': (to, { bucket, workflow }) => {
    bucket.letRead(to, 'requests', 'orders', 'decisions', 'tokens');
    workflow.letResume(to);
  },
  'recovery/executionEnded': fail,
} satisfies Record<Handler, Grant>;

export function grantPermissions(to: Readonly<Record<Handler, HandlerFunction>>, from: Granting): void {
  for (const handler of HANDLERS) GRANTS[handler](to[handler], from);
}
