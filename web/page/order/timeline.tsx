import type { OrderStatusEvent } from '../../../client/countersign.ts';
import { StatusIcon } from '../icons.tsx';
import { UserText } from '../text/userText.tsx';
import { exactTime, gapWords, timeWords } from '../time.ts';
import { eventWords, failureWords } from '../words.ts';

export type TimelineProps = { readonly history: readonly OrderStatusEvent[]; readonly now: number };

/** What happened to an order, with who, when and why. */
export function Timeline({ history, now }: TimelineProps) {
  return (
    <section class="history" aria-labelledby="timeline-title">
      <h2 id="timeline-title">What happened</h2>
      <ol class="timeline" aria-live="polite" aria-relevant="additions">
        {history.map((event, index) => (
          <Line key={event.version} event={event} before={history[index - 1]} now={now} />
        ))}
      </ol>
    </section>
  );
}

type LineProps = {
  readonly event: OrderStatusEvent;
  readonly before: OrderStatusEvent | undefined;
  readonly now: number;
};

function Line({ event, before, now }: LineProps) {
  const gap = before === undefined ? null : gapWords(before.at, event.at);
  return (
    <li class={`status-${event.status.toLowerCase()}`}>
      <span class="dot">
        <StatusIcon status={event.status} />
      </span>
      <span class="what">
        {eventWords(event)}
        {event.decidedBy === null || event.decidedBy === '' ? null : (
          <>
            {' '}
            by{' '}
            <bdi class="who">
              <UserText text={event.decidedBy} hasLinks={false} />
            </bdi>
          </>
        )}
        {gap === null ? null : <span class="gap">{gap}</span>}
      </span>
      <time dateTime={event.at} title={exactTime(event.at)}>
        {timeWords(event.at, now)}
      </time>
      <Why event={event} />
    </li>
  );
}

function Why({ event: { status, reason } }: { readonly event: OrderStatusEvent }) {
  if (reason === null || reason.trim() === '') return null;
  return status === 'FAILED' ? (
    <p class="why">{failureWords(reason)}</p>
  ) : (
    <blockquote class="why" dir="auto">
      <UserText text={reason} />
    </blockquote>
  );
}
