/**
 * One step: a request, or a wait for a status as a live client sees it. A word in angle brackets, such as `<a>`, is an
 * order id that is new in every run.
 */
export type Step =
  | { readonly name: string; readonly mutation: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly name: string; readonly query: string }
  | { readonly name: string; readonly follow: string; readonly until: string };

const place = (orderId: string): Step => ({
  name: `process ${orderId}`,
  mutation: 'processOrder',
  input: { orderId, orderDetails: 'Twelve office chairs', requestedBy: 'Ada' },
});
const confirm = (orderId: string, isConfirmed: boolean): Step => ({
  name: `${isConfirmed ? 'confirm' : 'reject'} ${orderId}`,
  mutation: 'confirmOrder',
  input: { orderId, isConfirmed, decidedBy: 'Bob', reason: 'as agreed' },
});
const cancel = (orderId: string): Step => ({
  name: `cancel ${orderId}`,
  mutation: 'cancelOrder',
  input: { orderId, decidedBy: 'Bob', reason: '' },
});
const follow = (orderId: string, until: string): Step => ({
  name: `follow ${orderId} until ${until}`,
  follow: orderId,
  until,
});

/** What `npm run parity` does on both sides. */
export const SCENARIO: readonly Step[] = [
  place('<confirmed>'),
  follow('<confirmed>', 'PAUSED'),
  { ...place('<confirmed>'), name: 'process <confirmed> again' },
  confirm('<confirmed>', true),
  follow('<confirmed>', 'COMPLETED'),
  { ...confirm('<confirmed>', true), name: 'confirm <confirmed> again' },
  { ...confirm('<confirmed>', false), name: 'reject <confirmed> after all' },
  { name: 'order <confirmed>', query: '<confirmed>' },
  place('<rejected>'),
  follow('<rejected>', 'PAUSED'),
  confirm('<rejected>', false),
  follow('<rejected>', 'REJECTED'),
  place('<cancelled>'),
  follow('<cancelled>', 'PAUSED'),
  cancel('<cancelled>'),
  follow('<cancelled>', 'CANCELLED'),
  { name: 'order <unknown>', query: '<unknown>' },
  confirm('<unknown>', true),
  { ...place('<a/b>'), name: 'process an order whose id has a slash' },
];
