import { BELL, StatusIcon, Stroke } from '../icons.tsx';
import { readDraft } from '../order/draft.ts';
import { StatusBadge } from '../statusBadge.tsx';
import { shortId, titleOf } from '../text/orderText.ts';
import { UserText } from '../text/userText.tsx';
import { exactTime, timeWords } from '../time.ts';
import { STATUS_WORDS } from '../words.ts';
import { Countdown } from './countdown.tsx';
import { decidedAt, isDecided, type Entry } from './entry.ts';

export type RowProps = { readonly entry: Entry; readonly isSelected: boolean; readonly now: number };

/** A waiting order in one line: its subject, its requester and its time left. */
export function WaitingRow({ entry, isSelected, now }: RowProps) {
  const { orderId, details, requestedBy, deadline, latest } = entry;
  const reminder = latest.reminder ?? 0;
  return (
    <a class="row" href={`#/orders/${orderId}`} aria-current={isSelected ? 'true' : undefined}>
      <span class="row-title" dir="auto">
        <UserText text={titleOf(orderId, details)} hasLinks={false} />
      </span>
      {reminder > 0 && !isDecided(entry) ? (
        <span class="pill" title={`Reminder ${reminder}`}>
          <Stroke path={BELL} />
          <span class="visually-hidden">Reminder </span>
          {reminder}
        </span>
      ) : null}
      {isSelected || isDecided(entry) ? null : <KeptDraft orderId={orderId} />}
      <bdi class="row-who">
        <UserText text={requestedBy ?? shortId(orderId)} hasLinks={false} />
      </bdi>
      {isDecided(entry) || deadline === null ? (
        <StatusBadge status={entry.decision?.kind ?? latest.status} />
      ) : (
        <Countdown deadline={deadline} now={now} />
      )}
    </a>
  );
}

/** What was begun and left: an answer that did not arrive, or a note that is being written. */
function KeptDraft({ orderId }: { readonly orderId: string }) {
  const { note, isUnsent } = readDraft(orderId);
  if (isUnsent) return <span class="pill unsent">Not sent</span>;
  return note === '' ? null : <span class="pill">Draft</span>;
}

/** An order that was decided: what, how and by whom, when and why. */
export function DecidedRow({ entry, isSelected, now }: RowProps) {
  const { orderId, details, decision, latest } = entry;
  const status = latest.status === 'FAILED' ? 'FAILED' : (decision?.kind ?? latest.status);
  const at = decidedAt(entry);
  const reason = status === 'FAILED' ? null : (decision?.reason ?? null);
  return (
    <a
      class={`row decided status-${status.toLowerCase()}`}
      href={`#/orders/${orderId}`}
      aria-current={isSelected ? 'true' : undefined}
    >
      <span class="dot">
        <StatusIcon status={status} />
      </span>
      <span class="row-title" dir="auto">
        <UserText text={titleOf(orderId, details)} hasLinks={false} />
      </span>
      <time dateTime={at} title={exactTime(at)}>
        {timeWords(at, now)}
      </time>
      <span class="row-facts">
        {STATUS_WORDS[status]}
        {decision?.decidedBy ? (
          <>
            {' '}
            by{' '}
            <bdi class="who">
              <UserText text={decision.decidedBy} hasLinks={false} />
            </bdi>
          </>
        ) : null}
        {reason === null || reason === '' ? null : (
          <>
            :{' '}
            <bdi>
              <UserText text={reason} hasLinks={false} />
            </bdi>
          </>
        )}
      </span>
    </a>
  );
}
