import type { Decision, OrderStatusEvent } from '../../../client/countersign.ts';
import { UserText } from '../text/userText.tsx';
import { exactTime, timeWords } from '../time.ts';
import { deciderOf, failureWords } from '../words.ts';
import type { OrderState } from './createOrderModel.ts';

export type OutcomeProps = {
  readonly state: OrderState;
  readonly latest: OrderStatusEvent;
  readonly deadline: string | null;
  readonly me: string;
  readonly now: number;
};

/** What became of the order, in a sentence, before anything else about it. */
export function Outcome({ state: { decision }, latest, deadline, me, now }: OutcomeProps) {
  const { status } = latest;
  if (status === 'FAILED') return <Failed latest={latest} decision={decision} me={me} now={now} />;
  if (status === 'EXPIRED') {
    return (
      <p class="outcome status-expired">
        No decision was made before {deadline === null ? 'its deadline' : timeWords(deadline, now)}, so the
        order expired.
      </p>
    );
  }
  if (decision === null) return null;
  const isOnItsWay = status === 'PAUSED' || status === 'CONFIRMED';
  return (
    <div class={`outcome status-${decision.kind.toLowerCase()}`}>
      <p>
        <Decided decision={decision} me={me} now={now} />
        {isOnItsWay ? ' The decision stands; the order moves on in a moment.' : ''}
      </p>
      <Reason reason={decision.reason} />
    </div>
  );
}

const PARTICIPLES = {
  CONFIRMED: 'Confirmed',
  REJECTED: 'Rejected',
  CANCELLED: 'Cancelled',
  EXPIRED: 'Expired',
  FAILED: 'Failed',
} satisfies Record<Decision['kind'], string>;

type DecidedProps = { readonly decision: Decision; readonly me: string; readonly now: number };

function Decided({ decision, me, now }: DecidedProps) {
  const who = deciderOf(decision, me);
  return (
    <>
      {PARTICIPLES[decision.kind]} by{' '}
      <bdi class="who">
        <UserText text={who === 'You' ? 'you' : who.replace(/^Somebody/, 'somebody')} hasLinks={false} />
      </bdi>
      {decision.isVerified ? ' (signed in)' : ''},{' '}
      <time dateTime={decision.at} title={exactTime(decision.at)}>
        {timeWords(decision.at, now)}
      </time>
      .
    </>
  );
}

function Reason({ reason }: { readonly reason: string | null }) {
  return reason === null || reason.trim() === '' ? null : (
    <blockquote dir="auto">
      <UserText text={reason} />
    </blockquote>
  );
}

type FailedProps = DecidedProps & { readonly latest: OrderStatusEvent };

function Failed({
  latest,
  decision,
  me,
  now,
}: Omit<FailedProps, 'decision'> & { decision: Decision | null }) {
  const isAfter = decision !== null && decision.kind === 'CONFIRMED';
  return (
    <div class="outcome status-failed">
      <p>
        {isAfter ? (
          <>
            <Decided decision={decision} me={me} now={now} /> After that the order could not be completed.
          </>
        ) : (
          'The order failed before a decision was made, and no longer needs one.'
        )}
      </p>
      <p dir="auto">
        <UserText text={failureWords(latest.reason)} />
      </p>
    </div>
  );
}
