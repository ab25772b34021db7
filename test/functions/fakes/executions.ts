import type { DecisionKind } from '../../../schema.generated.ts';
import { operate, world } from './world.ts';

type Request = { readonly orderId: string; readonly at: string };

export const startExecution = (request: Request): Promise<void> =>
  operate('start', request.orderId, () => world.startExecution(request));

export const answerTask = (token: string, orderId: string, kind: DecisionKind): Promise<boolean> =>
  operate('answer', kind, () => world.answerTask(token, orderId, kind));
