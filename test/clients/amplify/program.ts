import { createInterface } from 'node:readline';
import { Amplify, Hub } from '@aws-amplify/core';
import { CONNECTION_STATE_CHANGE, generateClient } from '@aws-amplify/api';

// A program of its own with Amplify as it comes: it follows an order and writes what it hears, a line of JSON each.

const { GRAPHQL_URL: endpoint = '', API_KEY: apiKey = '', ORDER_ID: orderId = '', SHIM: shim } = process.env;

if (shim !== undefined) await import('./shim.ts');

const tell = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`);

Hub.listen('api', ({ payload }) => {
  const { connectionState } = (payload.data ?? {}) as { connectionState?: string };
  if (payload.event === CONNECTION_STATE_CHANGE) tell({ state: connectionState });
});
Amplify.configure({
  API: { GraphQL: { endpoint, region: 'us-east-1', defaultAuthMode: 'apiKey', apiKey } },
});
const client = generateClient();
const query = 'subscription S($orderId: ID) { onOrderStatus(orderId: $orderId) { orderId status version } }';
const observable = client.graphql({ query, variables: { orderId } });
if (!('subscribe' in observable)) throw new Error('Amplify answered a subscription with a promise.');
const subscription = observable.subscribe({
  next: (event) => tell({ event }),
  error: (failure) => tell({ failure }),
});

const mutation = 'mutation M($input: ConfirmOrderInput!) { confirmOrder(input: $input) { status } }';
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'unsubscribe') subscription.unsubscribe();
  if (line === 'confirm') {
    const variables = { input: { orderId, isConfirmed: true } };
    await Promise.resolve(client.graphql({ query: mutation, variables })).then(
      (answer) => tell({ answer }),
      (refused) => tell({ refused }),
    );
  }
}
process.exit(0);
