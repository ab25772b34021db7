import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type AnyClientError, type Client, ClientError, type Order } from '../../client/countersign.ts';
import { MAX_ORDER_DETAILS_BYTES, MAX_ORDER_ID_CHARACTERS } from '../../functions/order/limits.ts';
import { Refusal } from './decide.tsx';

export type NewOrderProps = {
  readonly client: Client;
  readonly onPlaced: (order: Order) => void;
  readonly onClose: () => void;
};

/** Asks what the order is about and starts it. */
export function NewOrder({ client, onPlaced, onClose }: NewOrderProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // One id for every try: an order whose answer was lost is not placed twice.
  const [ownId] = useState(randomId);
  const [details, setDetails] = useState('');
  const [orderId, setOrderId] = useState('');
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<AnyClientError | null>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);

  const send = async (event: Event) => {
    event.preventDefault();
    setSending(true);
    setError(null);
    try {
      const id = orderId.trim();
      onPlaced(await client.processOrder({ orderId: id === '' ? ownId : id, orderDetails: details }));
    } catch (refused) {
      if (!(refused instanceof ClientError)) throw refused;
      setError(refused as AnyClientError);
      setSending(false);
    }
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(event);
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="new-order-title">
      <form onSubmit={send} onKeyDown={sendOnEnter}>
        <h2 id="new-order-title">Place an order</h2>
        <label for="details">What is it about?</label>
        <textarea
          id="details"
          rows={4}
          maxLength={MAX_ORDER_DETAILS_BYTES}
          placeholder={'Twelve office chairs\nErgo Ltd, 3,480.00 EUR'}
          value={details}
          onInput={(event) => setDetails(event.currentTarget.value)}
        />
        <label for="order-id">
          Order number <span class="hint">Optional: letters, digits, - and _. Left out, it gets one.</span>
        </label>
        <input
          id="order-id"
          autocomplete="off"
          pattern={`[A-Za-z0-9_\\-]{1,${MAX_ORDER_ID_CHARACTERS}}`}
          title={`1 to ${MAX_ORDER_ID_CHARACTERS} letters, digits, - and _`}
          value={orderId}
          onInput={(event) => setOrderId(event.currentTarget.value)}
        />
        <Refusal error={error} />
        <div class="buttons">
          <button type="submit" class="confirm" disabled={isSending}>
            {isSending ? 'Placing…' : 'Place order'}
          </button>
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Not now
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** A UUID, also where the page is not served securely and has no randomUUID. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
