import type { RefObject } from 'preact';
import type { Intent } from './draft.ts';

type ConfirmOrRejectProps = {
  readonly confirm: RefObject<HTMLButtonElement | null>;
  readonly sending: Intent | null;
  readonly isConfirmOff: boolean;
  readonly isRejectOff: boolean;
  readonly onConfirm: () => void;
  readonly onReject: () => void;
};

export function ConfirmOrReject(props: ConfirmOrRejectProps) {
  const { confirm, sending, isConfirmOff, isRejectOff, onConfirm, onReject } = props;
  return (
    <>
      <button
        type="button"
        class="confirm"
        ref={confirm}
        aria-describedby="order-title"
        disabled={isConfirmOff}
        onClick={onConfirm}
      >
        {sending === 'confirm' ? 'Confirming…' : 'Confirm'}
      </button>
      <button type="button" class="reject" data-opens="reject" disabled={isRejectOff} onClick={onReject}>
        Reject…
      </button>
    </>
  );
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

export function SendOrBack({ intent, sending, isOff, onSend, onBack }: SendOrBackProps) {
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
