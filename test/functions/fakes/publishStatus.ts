import type { OrderStatusEvent } from '../../../schema.generated.ts';
import { operate, world } from './world.ts';

export const publishStatus = (event: OrderStatusEvent): Promise<void> =>
  operate(
    'publish',
    `${event.orderId} ${event.version} ${event.status}`,
    () => void world.published.push(event),
  );

export async function publishStatuses(events: readonly OrderStatusEvent[]): Promise<void> {
  for (const event of events) await publishStatus(event);
}
