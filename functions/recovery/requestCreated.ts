import { startExecution } from '../aws/executions.ts';
import { orderIdOf } from './orderIdOf.ts';

/** R7: starts what a crash between the request and its execution left undone. */
export async function handler(event: unknown): Promise<void> {
  const orderId = orderIdOf(event);
  if (orderId !== null) await startExecution(orderId);
}
