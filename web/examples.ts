/** Operations to try first. The page has them as examples.json, and the local cloud prints them as curl commands at its start. */
export const EXAMPLES = [
  {
    title: 'Process an order',
    query: 'mutation ($input: ProcessOrderInput!) { processOrder(input: $input) { orderId status version } }',
    variables: { input: { orderId: 'chairs-1', orderDetails: 'Twelve office chairs' } },
  },
  {
    title: 'Look at the paused order',
    query:
      'query ($orderId: ID!) { order(orderId: $orderId) { status deadline history { version status at } } }',
    variables: { orderId: 'chairs-1' },
  },
  {
    title: 'Confirm it (isConfirmed false rejects it), then look again',
    query:
      'mutation ($input: ConfirmOrderInput!) { confirmOrder(input: $input) { orderId decision { kind decidedBy at } } }',
    variables: { input: { orderId: 'chairs-1', isConfirmed: true, decidedBy: 'Ada' } },
  },
] as const;
