export type Example = { readonly query: string; readonly variables: string };

const EVENT = 'status version at reason decidedBy deadline reminder';

const example = (lines: readonly string[], variables: unknown): Example => ({
  query: lines.join('\n'),
  variables: variables === null ? '' : JSON.stringify(variables, null, 2),
});

/** The whole walk-through, one tab each, to be run from left to right. */
export const EXAMPLES: readonly Example[] = [
  example(
    [
      '# Start an order. It pauses until somebody decides; watch it in the panel of live events.',
      'mutation ProcessOrder($input: ProcessOrderInput!) {',
      '  processOrder(input: $input) {',
      '    orderId',
      '    status',
      '    version',
      '  }',
      '}',
    ],
    { input: { orderId: 'order-1', orderDetails: 'Twelve office chairs' } },
  ),
  example(
    [
      '# How it stands, and everything that happened to it.',
      'query LookAtOrder($orderId: ID!) {',
      '  order(orderId: $orderId) {',
      '    orderId',
      '    orderDetails',
      '    status',
      '    deadline',
      '    decision { kind decidedBy reason at }',
      `    history { ${EVENT} }`,
      '  }',
      '}',
    ],
    { orderId: 'order-1' },
  ),
  example(
    [
      '# What waits for a decision, the nearest deadline first.',
      'query PendingOrders {',
      '  pendingOrders(limit: 20) {',
      '    items { orderId orderDetails deadline }',
      '    nextToken',
      '  }',
      '}',
    ],
    null,
  ),
  example(
    [
      '# Confirm it: the order goes on and completes.',
      'mutation ConfirmOrder($input: ConfirmOrderInput!) {',
      '  confirmOrder(input: $input) {',
      '    orderId',
      '    status',
      '    decision { kind decidedBy reason at }',
      '  }',
      '}',
    ],
    { input: { orderId: 'order-1', isConfirmed: true, decidedBy: 'Ada' } },
  ),
  example(
    [
      '# Start another one and reject it at once: a decision may come before the pause, it is kept.',
      'mutation RejectOrder($order: ProcessOrderInput!, $decision: ConfirmOrderInput!) {',
      '  processOrder(input: $order) { orderId status }',
      '  confirmOrder(input: $decision) { orderId decision { kind decidedBy reason at } }',
      '}',
    ],
    {
      order: { orderId: 'order-2', orderDetails: 'A golden stapler' },
      decision: { orderId: 'order-2', isConfirmed: false, decidedBy: 'Ada', reason: 'We have staplers' },
    },
  ),
  example(
    [
      '# Start a third one and cancel it.',
      'mutation CancelOrder($order: ProcessOrderInput!, $decision: CancelOrderInput!) {',
      '  processOrder(input: $order) { orderId status }',
      '  cancelOrder(input: $decision) { orderId decision { kind decidedBy reason at } }',
      '}',
    ],
    {
      order: { orderId: 'order-3', orderDetails: 'Chairs, ordered twice' },
      decision: { orderId: 'order-3', decidedBy: 'Ada', reason: 'Ordered twice' },
    },
  ),
  example(
    [
      "# Every status of every order as it happens, over AppSync's own protocol. Put an orderId in to follow one.",
      '# GraphiQL stops it when you change the tab; the panel of live events goes on.',
      'subscription FollowOrders($orderId: ID) {',
      `  onOrderStatus(orderId: $orderId) { orderId ${EVENT} }`,
      '}',
    ],
    {},
  ),
];
