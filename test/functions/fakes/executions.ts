import type { DecisionKind } from '../../../schema.generated.ts';
import { operate, world } from './world.ts';

export const startExecution = (orderId: string): Promise<void> =>
  operate('start', orderId, () => world.startExecution(orderId));

export const answerTask = (token: string, orderId: string, kind: DecisionKind): Promise<boolean> =>
  operate('answer', kind, () => world.answerTask(token, orderId, kind));
