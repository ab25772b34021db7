import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AnyClientError } from '../../client/countersign.ts';
import { MAX_CLAIM_CHARACTERS } from '../../functions/order/limits.ts';
import type { Intent, OrderModel, OrderState } from './createOrderModel.ts';

export type DecideProps = { readonly model: OrderModel; readonly state: OrderState; readonly me: string };

/** Confirm, reject or cancel, the last two with a reason. */
export function Decide({ model, state, me }: DecideProps) {
  const [asked, setAsked] = useState<Exclude<Intent, 'confirm'> | null>(null);
  const decide = (intent: Intent, reason: string) => model.decide(intent, { decidedBy: me, reason });
  const isSending = state.sending !== null;
  return (
    <section class="decide" aria-label="Your decision">
      {asked === null ? (
        <div class="buttons">
          <button type="button" class="confirm" disabled={isSending} onClick={() => decide('confirm', '')}>
            {state.sending === 'confirm' ? 'Confirming…' : 'Confirm'}
          </button>
          <button type="button" class="reject" disabled={isSending} onClick={() => setAsked('reject')}>
            Reject…
          </button>
          <button type="button" class="quiet" disabled={isSending} onClick={() => setAsked('cancel')}>
            Cancel order…
          </button>
        </div>
      ) : (
        <ReasonForm
          intent={asked}
          isSending={isSending}
          onSend={(reason) => decide(asked, reason)}
          onBack={() => setAsked(null)}
        />
      )}
      <Refusal error={state.refusal} />
    </section>
  );
}

type ReasonFormProps = {
  readonly intent: 'reject' | 'cancel';
  readonly isSending: boolean;
  readonly onSend: (reason: string) => void;
  readonly onBack: () => void;
};

const FORM_WORDS = {
  reject: { label: 'Why do you reject it?', send: 'Reject order', sending: 'Rejecting…' },
  cancel: { label: 'Why do you cancel it?', send: 'Cancel order', sending: 'Cancelling…' },
};

function ReasonForm({ intent, isSending, onSend, onBack }: ReasonFormProps) {
  const [reason, setReason] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const words = FORM_WORDS[intent];
  useLayoutEffect(() => input.current?.focus(), []);
  const send = (event: Event) => {
    event.preventDefault();
    onSend(reason);
  };
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onBack();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
  };
  return (
    <form onSubmit={send} onKeyDown={leaveOnEscape}>
      <label for="reason">
        {words.label} <span class="hint">Everybody who follows the order reads it. Optional.</span>
      </label>
      <textarea
        id="reason"
        ref={input}
        rows={2}
        maxLength={MAX_CLAIM_CHARACTERS}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <div class="buttons">
        <button type="submit" class="reject" disabled={isSending}>
          {isSending ? words.sending : words.send}
        </button>
        <button type="button" class="quiet" onClick={onBack}>
          Back
        </button>
      </div>
    </form>
  );
}

/** Why the API did not do it, and what to do now. */
export function Refusal({ error }: { readonly error: AnyClientError | null }) {
  if (error === null || error.type === 'OrderAlreadyDecided') return null;
  return (
    <p class="refusal" role="alert">
      {error.message} {error.retryable ? 'Try again: doing it twice does no harm.' : ''}
    </p>
  );
}
