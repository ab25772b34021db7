import type { Client } from '../../../client/countersign.ts';
import { useObservable } from '../../observable.ts';
import type { OrderState } from './createOrderModel.ts';
import { errorWords } from '../words.ts';
import type { Intent } from './draft.ts';

const INTENT_WORDS = {
  confirm: 'confirmation',
  reject: 'rejection',
  cancel: 'cancellation',
} satisfies Record<Intent, string>;

export type UnsentProps = {
  readonly client: Client;
  readonly state: OrderState;
  readonly isOff: boolean;
  readonly onSend: () => void;
};

/** A decision that was sent and did not arrive is offered again; sending it twice is safe. */
export function Unsent({ client, state, isOff, onSend }: UnsentProps) {
  const isLive = useObservable(client.connection).name === 'live';
  const what = INTENT_WORDS[state.draft.intent];
  return (
    <div class="refusal" role="alert">
      <p>
        <strong>Your {what} has not been recorded yet.</strong>{' '}
        {isLive
          ? 'The connection is back.'
          : state.refusal === null
            ? 'The connection was lost before the answer came.'
            : errorWords(state.refusal)}{' '}
        Sending it twice is safe.
      </p>
      <button type="button" disabled={isOff} onClick={onSend}>
        Send again
      </button>
    </div>
  );
}
