import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Decision } from '../../../client/countersign.ts';
import { copyText } from '../../copyText.ts';
import { StatusIcon } from '../icons.tsx';
import { Countdown } from '../orders/countdown.tsx';
import { UserText } from '../text/userText.tsx';
import { titleOf } from '../text/orderText.ts';
import { timeWords } from '../time.ts';
import type { Queue } from '../useSelection.ts';
import { deciderOf } from '../words.ts';
import type { OrderModel, OrderState } from './createOrderModel.ts';
import { NO_DRAFT } from './draft.ts';

export type ReceiptProps = {
  readonly model: OrderModel;
  readonly state: OrderState;
  readonly decision: Decision;
  readonly me: string;
  readonly now: number;
  readonly queue: Queue;
};

/** What became of the decision, and the way to the next order. */
export function Receipt({ model, state, decision, me, now, queue }: ReceiptProps) {
  const section = useRef<HTMLElement>(null);
  const { isLate, draft } = state;
  const isUnused = draft.note !== '' || draft.intent !== 'confirm';
  // The buttons have gone; the focus goes to what came in their place instead of falling off the page.
  useLayoutEffect(() => {
    if (document.activeElement !== document.body) return;
    const target = isUnused ? section.current : section.current?.querySelector<HTMLElement>('a.next');
    target?.focus();
  }, [isUnused]);
  /** A person who was writing goes on for a moment: those letters must not open another order. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target === event.currentTarget) event.stopPropagation();
  };
  return (
    <section
      class="decision receipt"
      aria-label="Your decision"
      ref={section}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {draft.note === '' ? null : <UnusedNote model={model} note={draft.note} />}
      <div class="decision-row">
        <p class={`status-${decision.kind.toLowerCase()}`} id="receipt" role="status">
          <StatusIcon status={decision.kind} />{' '}
          <span>
            {isLate ? <strong>Somebody else decided first. </strong> : null}
            <Sentence decision={decision} me={isLate ? '' : me} now={now} />
            {isLate ? ' Your decision changed nothing.' : ''}
          </span>
        </p>
        <Next queue={queue} now={now} />
      </div>
    </section>
  );
}

function Next({ queue: { next, isKnown, goOn }, now }: Pick<ReceiptProps, 'queue' | 'now'>) {
  if (next === null) {
    return (
      <a class="button next" href="#/" aria-describedby="receipt">
        {isKnown ? 'Nothing else waits' : 'All orders'}
      </a>
    );
  }
  const { orderId, details, deadline } = next;
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // into another tab or window
    event.preventDefault();
    goOn(orderId, 'name');
  };
  return (
    <a
      class="button next"
      href={`#/orders/${orderId}`}
      aria-describedby="receipt"
      aria-keyshortcuts="n"
      onClick={onClick}
    >
      <span class="next-title">
        Next:{' '}
        <bdi>
          <UserText text={titleOf(orderId, details)} hasLinks={false} />
        </bdi>
      </span>
      {deadline === null ? null : <Countdown deadline={deadline} now={now} />}
      <kbd>n</kbd>
    </a>
  );
}

const VERBS = {
  CONFIRMED: 'confirmed',
  REJECTED: 'rejected',
  CANCELLED: 'cancelled',
} satisfies Partial<Record<Decision['kind'], string>>;

function Sentence({
  decision,
  me,
  now,
}: {
  readonly decision: Decision;
  readonly me: string;
  readonly now: number;
}) {
  const { kind } = decision;
  if (kind === 'EXPIRED') return <>The order expired without a decision.</>;
  if (kind === 'FAILED') return <>The order failed before a decision was made.</>;
  return (
    <>
      <bdi>
        <UserText text={deciderOf(decision, me)} hasLinks={false} />
      </bdi>{' '}
      {VERBS[kind]} this order at {timeWords(decision.at, now)}.
    </>
  );
}

/** What was being written when the order was decided: it is not lost, and not sent either. */
function UnusedNote({ model, note }: { readonly model: OrderModel; readonly note: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <div class="refusal" role="alert">
      <label for="unused-note">The order was decided while you were writing. Your note was not sent:</label>
      <textarea id="unused-note" dir="auto" rows={2} readOnly value={note} />
      <div class="buttons">
        <button type="button" onClick={() => void copyText(note).then(() => setCopied(true))}>
          {isCopied ? 'Copied' : 'Copy'}
        </button>
        <button type="button" class="quiet" onClick={() => model.write(NO_DRAFT)}>
          Discard
        </button>
      </div>
    </div>
  );
}
