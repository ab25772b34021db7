import { durationWords, exactTime, HOUR } from '../time.ts';

export type CountdownProps = {
  readonly deadline: string;
  readonly now: number;
  /** As a sentence rather than as a column of a list. */
  readonly isLong?: boolean;
};

/** How long is left to decide. */
export function Countdown({ deadline, now, isLong = false }: CountdownProps) {
  const left = Date.parse(deadline) - now;
  const words = durationWords(left);
  return (
    <time
      class={left < HOUR ? 'countdown urgent' : 'countdown'}
      dateTime={deadline}
      title={exactTime(deadline)}
    >
      {left <= 0 ? 'overdue' : isLong ? `${words} left` : words}
    </time>
  );
}
