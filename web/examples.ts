/** A GraphQL operation to try, with its variables. */
export type Example = {
  /** What it does, in a few words; its further sentences are for those who read the query. */
  readonly title: string;
  readonly hint?: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

const EVENT = ['status', 'version', 'at', 'reason', 'decidedBy', 'deadline', 'reminder'];
/** In short lines: the editor of the playground is narrow beside its panel. */
const decisionAt = (margin: string) =>
  ['decision {', '  kind', '  decidedBy', '  isVerified', '  reason', '  at', '}'].map(
    (line) => margin + line,
  );
const ORDER_ID = 'chairs-1';

const query = (...lines: readonly string[]): string => lines.join('\n');

/** Starts an order, looks at it and confirms it: what the start prints as curl commands, and the README shows. */
const WALK_THROUGH: readonly Example[] = [
  {
    title: 'Process an order',
    hint: 'It pauses until somebody decides.',
    query: query(
      'mutation Process(',
      '  $input: ProcessOrderInput!',
      ') {',
      '  processOrder(input: $input) {',
      '    orderId',
      '    status',
      '    version',
      '  }',
      '}',
    ),
    variables: { input: { orderId: ORDER_ID, orderDetails: 'Twelve office chairs', requestedBy: 'Grace' } },
  },
  {
    title: 'Look at the paused order',
    hint: 'How it stands, and its history.',
    query: query(
      'query Look($orderId: ID!) {',
      '  order(orderId: $orderId) {',
      '    orderDetails',
      '    requestedBy',
      '    status',
      '    deadline',
      ...decisionAt('    '),
      '    history {',
      ...EVENT.map((field) => `      ${field}`),
      '    }',
      '  }',
      '}',
    ),
    variables: { orderId: ORDER_ID },
  },
  {
    title: 'Confirm it (isConfirmed false rejects it), then look again',
    query: query(
      'mutation Confirm(',
      '  $input: ConfirmOrderInput!',
      ') {',
      '  confirmOrder(input: $input) {',
      '    status',
      ...decisionAt('    '),
      '  }',
      '}',
    ),
    variables: { input: { orderId: ORDER_ID, isConfirmed: true, decidedBy: 'Ada' } },
  },
];

/** Everything else that the API can do, for the playground. */
const MORE: readonly Example[] = [
  {
    title: 'What waits for a decision',
    hint: 'The nearest deadline comes first.',
    query: query(
      'query Pending {',
      '  pendingOrders(limit: 20) {',
      '    items {',
      '      orderId',
      '      orderDetails',
      '      requestedBy',
      '      deadline',
      '    }',
      '    nextToken',
      '  }',
      '}',
    ),
    variables: {},
  },
  {
    title: 'Reject an order',
    hint: 'A decision that comes early is kept.',
    query: query(
      'mutation Reject(',
      '  $order: ProcessOrderInput!',
      '  $decision: ConfirmOrderInput!',
      ') {',
      '  processOrder(input: $order) {',
      '    orderId',
      '  }',
      '  confirmOrder(input: $decision) {',
      '    orderId',
      ...decisionAt('    '),
      '  }',
      '}',
    ),
    variables: {
      order: { orderId: 'stapler-1', orderDetails: 'A golden stapler' },
      decision: { orderId: 'stapler-1', isConfirmed: false, decidedBy: 'Ada', reason: 'We have staplers' },
    },
  },
  {
    title: 'Cancel an order',
    query: query(
      'mutation Cancel(',
      '  $order: ProcessOrderInput!',
      '  $decision: CancelOrderInput!',
      ') {',
      '  processOrder(input: $order) {',
      '    orderId',
      '  }',
      '  cancelOrder(input: $decision) {',
      '    orderId',
      ...decisionAt('    '),
      '  }',
      '}',
    ),
    variables: {
      order: { orderId: 'chairs-2', orderDetails: 'Chairs, ordered twice' },
      decision: { orderId: 'chairs-2', decidedBy: 'Ada', reason: 'Ordered twice' },
    },
  },
  {
    title: 'What was decided',
    hint: 'The newest comes first.',
    query: query(
      'query Ended {',
      '  endedOrders(limit: 20) {',
      '    items {',
      '      orderId',
      '      status',
      ...decisionAt('      '),
      '    }',
      '    nextToken',
      '  }',
      '}',
    ),
    variables: {},
  },
  {
    title: 'Follow every order',
    hint: 'With (orderId: "…") it follows one. Another tab stops it; the live events go on.',
    query: query(
      'subscription Follow {',
      '  onOrderStatus {',
      '    orderId',
      ...EVENT.map((field) => `    ${field}`),
      '  }',
      '}',
    ),
    variables: {},
  },
];

/** Operations to try, in an order in which all of them work. */
export const EXAMPLES: readonly Example[] = [...WALK_THROUGH, ...MORE];

/** The walk-through with each query in one line, for a terminal. */
export const TERMINAL_EXAMPLES: readonly Example[] = WALK_THROUGH.map(
  ({ title, query: text, variables }) => ({
    title,
    query: text.replaceAll(/(?<=\()\s+|\s+(?=\))/g, '').replaceAll(/\s+/g, ' '),
    variables,
  }),
);
