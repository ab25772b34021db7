import type { OrderStatusEvent } from '../../client/countersign.ts';
import { StatusIcon } from './icons.tsx';
import { eventWords, timeWords } from './words.ts';

export type TimelineProps = { readonly history: readonly OrderStatusEvent[]; readonly now: number };

/** What happened to an order, with who and why. */
export function Timeline({ history, now }: TimelineProps) {
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">What happened</h2>
      <ol class="timeline" aria-live="polite" aria-relevant="additions">
        {history.map((event) => (
          <li key={event.version} class={`status-${event.status.toLowerCase()}`}>
            <span class="dot">
              <StatusIcon status={event.status} />
            </span>
            <span class="what">
              {eventWords(event)}
              {event.decidedBy === null || event.decidedBy === '' ? null : (
                <>
                  {' '}
                  by <bdi class="who">{event.decidedBy}</bdi>
                </>
              )}
            </span>
            <time dateTime={event.at}>{timeWords(event.at, now)}</time>
            {event.reason === null || event.reason === '' ? null : <q class="why">{event.reason}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}
