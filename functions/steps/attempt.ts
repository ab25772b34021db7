import type { Fields } from '../order/fields.ts';
import type { TaskToken } from '../records/waiting.ts';

/** One attempt of WaitForConfirmation, as its payload describes it. */
export type Attempt = {
  readonly token: TaskToken;
  /** When the order was placed; null: its execution began under version 1, whose input did not say it. */
  readonly receivedAt: string | null;
  /** Counted from when the state was entered, so it is the same for every attempt. */
  readonly deadline: string;
  readonly reminderMs: number;
};

// What an execution that began under version 1 does not say: the defaults of its settings.
const DEADLINE_SECONDS = 259_200; // 72 h
const REMINDER_SECONDS = 86_400; // 24 h

export function parseAttempt(fields: Fields, now: string): Attempt {
  const enteredAt = fields.textOrNull('enteredAt') ?? now;
  const deadlineSeconds = fields.integerOrNull('deadlineSeconds') ?? DEADLINE_SECONDS;
  return {
    token: {
      token: fields.text('taskToken'),
      redriveCount: fields.integer('redriveCount'),
      retryCount: fields.integer('retryCount'),
    },
    receivedAt: fields.textOrNull('at'),
    deadline: new Date(Date.parse(enteredAt) + deadlineSeconds * 1000).toISOString(),
    reminderMs: (fields.integerOrNull('reminderSeconds') ?? REMINDER_SECONDS) * 1000,
  };
}
