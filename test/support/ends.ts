/** The statuses in which an order may end, by the kind of its decision. */
export const ENDS: Readonly<Record<string, readonly string[]>> = {
  CONFIRMED: ['COMPLETED', 'FAILED'],
  REJECTED: ['REJECTED', 'FAILED'],
  CANCELLED: ['CANCELLED', 'FAILED'],
  EXPIRED: ['EXPIRED', 'FAILED'],
  FAILED: ['FAILED'],
};
