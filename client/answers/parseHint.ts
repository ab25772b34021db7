import type { OrderStatusEvent } from '../schema.generated.ts';
import { fieldsOf } from './json.ts';
import { EVENT } from './shapes.ts';

/** The event in a realtime frame's `data`; null where it holds none: an event is a hint, and none is not an error. */
export function parseHint(data: unknown): OrderStatusEvent | null {
  try {
    return EVENT.parse(fieldsOf(data)['onOrderStatus'], '');
  } catch {
    return null;
  }
}
