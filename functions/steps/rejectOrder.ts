import { endWith } from './applyDecision.ts';
import { readDecided } from './readDecided.ts';
import { stepping } from './stepping.ts';

export const handler = stepping(async ({ orderId }) => endWith(await readDecided(orderId, 'REJECTED')));
