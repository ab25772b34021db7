import { useState } from 'preact/hooks';
import { type AnyClientError, type Client, type Order, isClientError } from '../../../client/countersign.ts';
import { MAX_ORDER_ID_CHARACTERS, ORDER_ID_PATTERN } from '../../../functions/order/limits.ts';
import { useObservable } from '../../observable.ts';
import { Dialog } from '../dialog.tsx';
import type { Person } from '../person/createPerson.ts';
import { claimSize, detailsSize, isTooLong } from '../text/size.ts';
import { SizeNote } from '../text/sizeNote.tsx';
import { forgetNewOrder, keepNewOrder, readNewOrder } from './newOrderDraft.ts';
import { Refusal } from './refusal.tsx';

export type NewOrderProps = {
  readonly client: Client;
  readonly person: Person;
  readonly onPlaced: (order: Order) => void;
  readonly onClose: () => void;
};

const ORDER_ID = new RegExp(ORDER_ID_PATTERN);

/** Asks for the subject and the requester of an order, and places it. What was written is kept until it is placed or discarded. */
export function NewOrder({ client, person, onPlaced, onClose }: NewOrderProps) {
  const [draft, setDraft] = useState(() => readNewOrder(person.current().name));
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<AnyClientError | null>(null);
  const change = (part: Partial<typeof draft>) => {
    keepNewOrder({ ...draft, ...part });
    setDraft({ ...draft, ...part });
  };
  const { name } = useObservable(person);
  const isVerified = person.proof === 'token' && name !== '';
  const { details, orderId, ownId } = draft;
  const requestedBy = isVerified ? name : draft.requestedBy;
  const isIdRight = orderId.trim() === '' || ORDER_ID.test(orderId.trim());
  const sizes = { details: detailsSize(details), requestedBy: claimSize(requestedBy) };
  const isReady =
    details.trim() !== '' &&
    requestedBy.trim() !== '' &&
    isIdRight &&
    !isTooLong(sizes.details) &&
    !isTooLong(sizes.requestedBy);

  const send = async (event: Event) => {
    event.preventDefault();
    if (!isReady || isSending) return;
    setSending(true);
    setError(null);
    try {
      const id = orderId.trim() === '' ? ownId : orderId.trim();
      const by = requestedBy.trim();
      const order = await client.processOrder({ orderId: id, orderDetails: details, requestedBy: by });
      if (person.current().name === '') person.answer(by);
      forgetNewOrder();
      onPlaced(order);
    } catch (refused) {
      if (!isClientError(refused)) throw refused;
      setError(refused);
      setSending(false);
    }
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(event);
  };
  const discard = () => {
    forgetNewOrder();
    onClose();
  };
  return (
    <Dialog title="Place an order" onClose={onClose}>
      <form onSubmit={send} onKeyDown={sendOnEnter}>
        <label for="details">What is it about?</label>
        <textarea
          id="details"
          rows={5}
          dir="auto"
          aria-describedby="details-size"
          placeholder={'Twelve office chairs\nErgo Ltd, 3,480.00 EUR'}
          value={details}
          onInput={(event) => change({ details: event.currentTarget.value })}
        />
        <SizeNote id="details-size" size={sizes.details} />
        {isVerified ? (
          <p>
            You ask for it as <bdi class="who">{name}</bdi>, verified by your sign-in.
          </p>
        ) : (
          <RequestedBy value={requestedBy} onChange={(text) => change({ requestedBy: text })} />
        )}
        <label for="order-id">
          Order number <span class="hint">Optional. Without one the order gets a number of its own.</span>
        </label>
        <input
          id="order-id"
          autocomplete="off"
          aria-describedby="order-id-rule"
          aria-invalid={!isIdRight}
          value={orderId}
          onInput={(event) => change({ orderId: event.currentTarget.value })}
        />
        <span id="order-id-rule" class="size too-long" role="status">
          {isIdRight ? '' : `Use 1 to ${MAX_ORDER_ID_CHARACTERS} of the characters A-Z, a-z, 0-9, _ and -.`}
        </span>
        <Refusal error={error} />
        <div class="buttons">
          <button type="submit" class="confirm" disabled={!isReady || isSending}>
            {isSending ? 'Placing…' : 'Place order'}
          </button>
          <button type="button" class="quiet" onClick={discard}>
            Discard
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type RequestedByProps = { readonly value: string; readonly onChange: (text: string) => void };

function RequestedBy({ value, onChange }: RequestedByProps) {
  return (
    <>
      <label for="requested-by">
        Who asks for it? <span class="hint">Shown to the person who decides.</span>
      </label>
      <input
        id="requested-by"
        autocomplete="name"
        dir="auto"
        aria-describedby="requested-by-size"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <SizeNote id="requested-by-size" size={claimSize(value)} />
    </>
  );
}
