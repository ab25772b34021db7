import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Client } from '../../../client/countersign.ts';
import { useObservable } from '../../observable.ts';
import type { Person } from '../person/createPerson.ts';
import { claimSize, isTooLong } from '../text/size.ts';
import { SizeNote } from '../text/sizeNote.tsx';
import type { OrderModel, OrderState } from './createOrderModel.ts';
import type { Intent } from './draft.ts';
import { Refusal } from './refusal.tsx';
import { Unsent } from './unsent.tsx';

export type DecisionFormProps = {
  readonly client: Client;
  readonly model: OrderModel;
  readonly state: OrderState;
  readonly person: Person;
  /** Whether the API refuses a confirmation by the requester. */
  readonly isSelfApprovalRefused: boolean;
  /** Whether the person came here to decide, so that the next key may be Enter. */
  readonly isExpected: boolean;
};

const LABELS = {
  confirm: 'Note',
  reject: 'Why do you reject it?',
  cancel: 'Why do you cancel it?',
} satisfies Record<Intent, string>;

/** Confirm, reject or cancel, each with a note for everyone who follows the order. */
export function DecisionForm(props: DecisionFormProps) {
  const { client, model, state, person, isExpected } = props;
  const isOwn = isOwnOrder(props, useObservable(person).name);
  const { draft, sending } = state;
  const { intent, note } = draft;
  const input = useRef<HTMLTextAreaElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isExpected) confirm.current?.focus({ preventScroll: true });
  }, [isExpected]);
  const isOff = sending !== null || isTooLong(claimSize(note));
  const decide = async (chosen: Intent) => {
    const name = await person.ensureName();
    if (name !== null) await model.decide(chosen, name);
  };
  const open = (next: Intent) => {
    model.write({ intent: next, isUnsent: false });
    if (next === 'confirm') confirm.current?.focus();
    else input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && intent !== 'confirm') open('confirm');
    if (
      event.key === 'Enter' &&
      (event.ctrlKey || event.metaKey) &&
      !isOff &&
      !(isOwn && intent === 'confirm')
    ) {
      event.preventDefault();
      void decide(intent);
    }
  };
  return (
    <section class={`decision for-${intent}`} aria-label="Your decision" onKeyDown={onKeyDown}>
      {draft.isUnsent && sending === null ? (
        <Unsent client={client} state={state} onSend={() => decide(intent)} isOff={isOff} />
      ) : (
        <Refusal error={state.refusal} />
      )}
      <div class="decision-row">
        <div class="buttons">
          {intent === 'confirm' ? (
            <>
              <button
                type="button"
                class="confirm"
                ref={confirm}
                aria-describedby="order-title"
                disabled={isOff || isOwn}
                onClick={() => decide('confirm')}
              >
                {sending === 'confirm' ? 'Confirming…' : 'Confirm'}
              </button>
              <button type="button" class="reject" disabled={isOff} onClick={() => open('reject')}>
                Reject…
              </button>
            </>
          ) : (
            <SendOrBack intent={intent} sending={sending} isOff={isOff} onSend={decide} onBack={open} />
          )}
        </div>
        <div class="note">
          <label for="note" class={intent === 'confirm' ? 'visually-hidden' : ''}>
            {LABELS[intent]} <span class="hint">Optional. Visible to everyone who follows the order.</span>
          </label>
          <textarea
            id="note"
            ref={input}
            rows={intent === 'confirm' ? 1 : 2}
            dir="auto"
            placeholder={intent === 'confirm' ? 'Add a note (optional)' : ''}
            aria-describedby="note-size"
            value={note}
            onInput={(event) => model.write({ note: event.currentTarget.value })}
          />
          <SizeNote id="note-size" size={claimSize(note)} />
        </div>
      </div>
      <div class="decision-facts">
        {isOwn ? <span>You placed this order, so another person must confirm it.</span> : null}
        <DecidingAs person={person} />
        {intent === 'confirm' ? (
          <button type="button" class="link" disabled={sending !== null} onClick={() => open('cancel')}>
            Cancel this order…
          </button>
        ) : null}
      </div>
    </section>
  );
}

/** Told before the button is pressed; the API compares verified identities where it has them. */
function isOwnOrder({ isSelfApprovalRefused, state }: DecisionFormProps, name: string): boolean {
  const plain = (text: string | null) =>
    (text ?? '').normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return isSelfApprovalRefused && name !== '' && plain(state.requestedBy) === plain(name);
}

const SEND_WORDS = {
  reject: { send: 'Reject order', sending: 'Rejecting…' },
  cancel: { send: 'Cancel order', sending: 'Cancelling…' },
};

type SendOrBackProps = {
  readonly intent: 'reject' | 'cancel';
  readonly sending: Intent | null;
  readonly isOff: boolean;
  readonly onSend: (intent: Intent) => void;
  readonly onBack: (intent: Intent) => void;
};

function SendOrBack({ intent, sending, isOff, onSend, onBack }: SendOrBackProps) {
  const words = SEND_WORDS[intent];
  return (
    <>
      <button type="button" class="reject" disabled={isOff} onClick={() => onSend(intent)}>
        {sending === intent ? words.sending : words.send}
      </button>
      <button type="button" class="quiet" onClick={() => onBack('confirm')}>
        Back
      </button>
    </>
  );
}

function DecidingAs({ person }: { readonly person: Person }) {
  const { name } = useObservable(person);
  if (person.proof === 'token') {
    return name === '' ? (
      <span>
        Only people who are signed in decide.{' '}
        <button type="button" class="link" onClick={person.ask}>
          Sign in
        </button>
      </span>
    ) : (
      <span>
        You decide as <bdi class="who">{name}</bdi>, verified by your sign-in.
      </span>
    );
  }
  return name === '' ? (
    <span>Your name is asked for before your first decision.</span>
  ) : (
    <span>
      You decide as <bdi class="who">{name}</bdi>{' '}
      <button type="button" class="link" onClick={person.ask}>
        Change
      </button>
    </span>
  );
}
