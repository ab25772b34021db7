import type { Decision, OrderStatusEvent } from '../../../client/countersign.ts';
import { StatusIcon } from '../icons.tsx';
import { UserText } from '../text/userText.tsx';
import { exactTime, gapWords, timeWords } from '../time.ts';
import { eventWords, failureWords } from '../words.ts';

export type TimelineProps = {
  readonly history: readonly OrderStatusEvent[];
  readonly requester: Named;
  readonly decision: Decision | null;
  readonly now: number;
};

/** A person, and whether the API has verified the name. */
type Named = { readonly name: string | null; readonly isVerified: boolean };

/** What happened to an order, with who, when and why. */
export function Timeline({ history, requester, decision, now }: TimelineProps) {
  const personOf = ({ version, decidedBy }: OrderStatusEvent): Named =>
    version === 1
      ? requester
      : { name: decidedBy, isVerified: decision?.isVerified === true && decision.decidedBy === decidedBy };
  return (
    <section class="history" aria-labelledby="timeline-title">
      <h2 id="timeline-title">What happened</h2>
      <ol class="timeline" aria-live="polite" aria-relevant="additions">
        {history.map((event, index) => (
          <Line
            key={event.version}
            event={event}
            person={personOf(event)}
            before={history[index - 1]}
            now={now}
          />
        ))}
      </ol>
    </section>
  );
}

type LineProps = {
  readonly event: OrderStatusEvent;
  readonly person: Named;
  readonly before: OrderStatusEvent | undefined;
  readonly now: number;
};

function Line({ event, person, before, now }: LineProps) {
  const gap = before === undefined ? null : gapWords(before.at, event.at);
  return (
    <li class={`status-${event.status.toLowerCase()}`}>
      <span class="dot">
        <StatusIcon status={event.status} />
      </span>
      <span class="what">
        {eventWords(event)}
        <Person word={event.version === 1 ? 'from' : 'by'} person={person} />
        {gap === null ? null : <span class="gap">{gap}</span>}
      </span>
      <time dateTime={event.at} title={exactTime(event.at)}>
        {timeWords(event.at, now)}
      </time>
      <Why event={event} />
    </li>
  );
}

type PersonProps = { readonly word: 'by' | 'from'; readonly person: Named };

function Person({ word, person: { name, isVerified } }: PersonProps) {
  if (name === null || name.trim() === '') return null;
  return (
    <>
      {' '}
      {word}{' '}
      <bdi class="who">
        <UserText text={name} hasLinks={false} />
      </bdi>
      {isVerified ? (
        <span class="verified" title="The API verified this name from a sign-in">
          {' '}
          (verified)
        </span>
      ) : null}
    </>
  );
}

function Why({ event: { status, reason } }: { readonly event: OrderStatusEvent }) {
  if (reason === null || reason.trim() === '') return null;
  return status === 'FAILED' ? (
    <p class="why" dir="auto">
      <UserText text={failureWords(reason)} hasLinks={false} />
    </p>
  ) : (
    <blockquote class="why" dir="auto">
      <UserText text={reason} />
    </blockquote>
  );
}
