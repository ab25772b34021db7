import { endWith } from './applyDecision.ts';
import { readDecided } from './readDecided.ts';
import { stepping } from './stepping.ts';

export const handler = stepping(async ({ orderId }) => {
  const { decision, found } = await readDecided(orderId, 'CANCELLED');
  return endWith(orderId, decision, found);
});
