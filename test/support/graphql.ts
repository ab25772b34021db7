import { postGraphql } from '@countersign/local-cloud/testing';
import type { Outputs } from './localCloud.ts';

export type GraphQLError = {
  readonly message: string;
  readonly errorType: string;
  readonly errorInfo: { readonly retryable: boolean; readonly decision?: Decision } | null;
};
export type Decision = {
  readonly kind: string;
  readonly decidedBy: string | null;
  readonly isVerified: boolean;
  readonly reason: string | null;
  readonly at: string;
};
export type StatusEvent = {
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly at: string;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly deadline: string | null;
  readonly reminder: number | null;
};
export type Order = {
  readonly orderId: string;
  readonly orderDetails: string | null;
  readonly requestedBy: string | null;
  readonly status: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deadline: string | null;
  readonly decision: Decision | null;
  readonly history: readonly StatusEvent[];
};
export type Answer<T> = { readonly data: T | null; readonly errors?: readonly GraphQLError[] };

export const EVENT_FIELDS = 'orderId status version at reason decidedBy deadline reminder';
const ORDER_FIELDS = `orderId orderDetails requestedBy status version createdAt updatedAt deadline decision { kind decidedBy isVerified reason at } history { ${EVENT_FIELDS} }`;

/** One GraphQL request as any client makes it. */
export async function ask<T>(outputs: Outputs, query: string, variables: unknown = {}): Promise<Answer<T>> {
  const { GraphQLUrl: graphqlUrl, ApiKey } = outputs;
  const { body } = await postGraphql({ graphqlUrl }, JSON.stringify({ query, variables }), {
    'x-api-key': ApiKey,
  });
  return body;
}

type Input = Readonly<Record<string, unknown>>;

const mutation = (field: string, type: string) =>
  `mutation ($input: ${type}!) { ${field}(input: $input) { ${ORDER_FIELDS} } }`;

const list = (field: string) =>
  `query ($limit: Int, $nextToken: String) { ${field}(limit: $limit, nextToken: $nextToken) { items { ${ORDER_FIELDS} } nextToken } }`;

/** The ids of all orders that this process has placed. */
const placed = new Set<string>();

export async function processOrder(outputs: Outputs, input: Input) {
  const document = mutation('processOrder', 'ProcessOrderInput');
  const answer = await ask<{ processOrder: Order | null }>(outputs, document, { input });
  if (answer.data?.processOrder) placed.add(answer.data.processOrder.orderId);
  return answer;
}

/** Cancels what still waits of the orders that this process has placed; a decision that stands is left alone. */
export async function cancelPlaced(outputs: Outputs): Promise<void> {
  for (const orderId of placed) await cancelOrder(outputs, { orderId, reason: 'The test is over.' });
}

export const confirmOrder = (outputs: Outputs, input: Input) =>
  ask<{ confirmOrder: Order | null }>(outputs, mutation('confirmOrder', 'ConfirmOrderInput'), { input });
export const cancelOrder = (outputs: Outputs, input: Input) =>
  ask<{ cancelOrder: Order | null }>(outputs, mutation('cancelOrder', 'CancelOrderInput'), { input });
export const askOrder = (outputs: Outputs, orderId: string) =>
  ask<{ order: Order | null }>(
    outputs,
    `query ($orderId: ID!) { order(orderId: $orderId) { ${ORDER_FIELDS} } }`,
    { orderId },
  );
export const order = async (outputs: Outputs, orderId: string): Promise<Order | null> => {
  const answer = await askOrder(outputs, orderId);
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  return answer.data?.order ?? null;
};
export const pendingOrders = (outputs: Outputs, variables: Input = {}) =>
  ask<{ pendingOrders: { items: Order[]; nextToken: string | null } }>(
    outputs,
    list('pendingOrders'),
    variables,
  );
export const endedOrders = (outputs: Outputs, variables: Input = {}) =>
  ask<{ endedOrders: { items: Order[]; nextToken: string | null } }>(outputs, list('endedOrders'), variables);
