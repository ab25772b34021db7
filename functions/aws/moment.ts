import type { Moment } from '../order/transitions.ts';
import { seconds } from './environment.ts';

export const now = (): string => new Date().toISOString();

/** Now, and when an order that pauses now expires. */
export function moment(): Moment {
  const at = new Date();
  return {
    at: at.toISOString(),
    deadline: new Date(at.getTime() + seconds('DEADLINE_SECONDS') * 1000).toISOString(),
  };
}

export const reminderMs = (): number => seconds('REMINDER_SECONDS') * 1000;
