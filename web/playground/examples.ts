export type Example = { readonly query: string; readonly variables: string };

const EVENT = ['status', 'version', 'at', 'reason', 'decidedBy', 'deadline', 'reminder'];
const DECISION = 'kind decidedBy reason at';

const example = (lines: readonly string[], variables: unknown): Example => ({
  query: lines.join('\n'),
  variables: variables === null ? '' : JSON.stringify(variables, null, 2),
});

/** The whole walk-through, one tab each, to be run from left to right. */
export const EXAMPLES: readonly Example[] = [
  example(
    [
      '# Start an order. It pauses until',
      '# somebody decides.',
      'mutation Process($input: ProcessOrderInput!) {',
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
      '# How it stands, and its history.',
      'query Look($orderId: ID!) {',
      '  order(orderId: $orderId) {',
      '    orderId',
      '    orderDetails',
      '    status',
      '    deadline',
      `    decision { ${DECISION} }`,
      '    history {',
      ...EVENT.map((field) => `      ${field}`),
      '    }',
      '  }',
      '}',
    ],
    { orderId: 'order-1' },
  ),
  example(
    [
      '# What waits for a decision,',
      '# the nearest deadline first.',
      'query Pending {',
      '  pendingOrders(limit: 20) {',
      '    items {',
      '      orderId',
      '      orderDetails',
      '      deadline',
      '    }',
      '    nextToken',
      '  }',
      '}',
    ],
    null,
  ),
  example(
    [
      '# Confirm it: the order goes on.',
      'mutation Confirm($input: ConfirmOrderInput!) {',
      '  confirmOrder(input: $input) {',
      '    orderId',
      '    status',
      `    decision { ${DECISION} }`,
      '  }',
      '}',
    ],
    { input: { orderId: 'order-1', isConfirmed: true, decidedBy: 'Ada' } },
  ),
  example(
    [
      '# Start another one and reject it.',
      '# An early decision is kept.',
      'mutation Reject(',
      '  $order: ProcessOrderInput!',
      '  $decision: ConfirmOrderInput!',
      ') {',
      '  processOrder(input: $order) {',
      '    orderId',
      '  }',
      '  confirmOrder(input: $decision) {',
      '    orderId',
      `    decision { ${DECISION} }`,
      '  }',
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
      'mutation Cancel(',
      '  $order: ProcessOrderInput!',
      '  $decision: CancelOrderInput!',
      ') {',
      '  processOrder(input: $order) {',
      '    orderId',
      '  }',
      '  cancelOrder(input: $decision) {',
      '    orderId',
      `    decision { ${DECISION} }`,
      '  }',
      '}',
    ],
    {
      order: { orderId: 'order-3', orderDetails: 'Chairs, ordered twice' },
      decision: { orderId: 'order-3', decidedBy: 'Ada', reason: 'Ordered twice' },
    },
  ),
  example(
    [
      '# Every status as it happens, over',
      '# the protocol of AppSync.',
      '# Changing the tab stops it; the',
      '# live events beside it go on.',
      'subscription Follow($orderId: ID) {',
      '  onOrderStatus(orderId: $orderId) {',
      '    orderId',
      ...EVENT.map((field) => `    ${field}`),
      '  }',
      '}',
    ],
    {},
  ),
];
