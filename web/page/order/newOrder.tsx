import { useState } from 'preact/hooks';
import { type AnyClientError, type Client, type Order, isClientError } from '../../../client/countersign.ts';
import { MAX_ORDER_ID_CHARACTERS, ORDER_ID_PATTERN } from '../../../functions/order/limits.ts';
import { useObservable } from '../../observable.ts';
import { Dialog } from '../dialog.tsx';
import type { Person } from '../person/createPerson.ts';
import { NameField } from '../person/nameField.tsx';
import { claimSize, detailsSize, isTooLong, type Size } from '../text/size.ts';
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
export function NewOrder(props: NewOrderProps) {
  const { onClose } = props;
  const { draft, change, requester, isReady, isSending, error, send } = useNewOrder(props);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event);
  };
  const discard = () => {
    forgetNewOrder();
    onClose();
  };
  return (
    <Dialog title="Place an order" onClose={onClose}>
      <form onSubmit={onSubmit} onKeyDown={onKeyDown}>
        <Details value={draft.details} onChange={(details) => change({ details })} />
        {requester.isVerified ? (
          <p>
            You ask for it as <bdi class="who">{requester.name}</bdi>, verified by your sign-in.
          </p>
        ) : (
          <NameField
            id="requested-by"
            label="Who asks for it?"
            hint="Shown to the person who decides."
            value={requester.name}
            onChange={(requestedBy) => change({ requestedBy })}
          />
        )}
        <OrderNumber value={draft.orderId} onChange={(orderId) => change({ orderId })} />
        <Refusal error={error} person={props.person} />
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

/** The order as it is written, and the way to place it. */
function useNewOrder({ client, person, onPlaced }: NewOrderProps) {
  const [draft, setDraft] = useState(() => readNewOrder(person.current().name));
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<AnyClientError | null>(null);
  const { name } = useObservable(person);
  const change = (part: Partial<typeof draft>) => {
    keepNewOrder({ ...draft, ...part });
    setDraft({ ...draft, ...part });
  };
  const isVerified = person.proof === 'token' && name !== '';
  const requester = { name: isVerified ? name : draft.requestedBy, isVerified };
  const { details, orderId, ownId } = draft;
  const isReady =
    isGiven(details, detailsSize(details)) &&
    isGiven(requester.name, claimSize(requester.name)) &&
    isOrderNumber(orderId);
  const send = async () => {
    if (!isReady || isSending) return;
    setSending(true);
    setError(null);
    try {
      const id = orderId.trim() === '' ? ownId : orderId.trim();
      const by = requester.name.trim();
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
  return { draft, change, requester, isReady, isSending, error, send };
}

function isGiven(text: string, size: Size): boolean {
  return text.trim() !== '' && !isTooLong(size);
}

function isOrderNumber(orderId: string): boolean {
  return orderId.trim() === '' || ORDER_ID.test(orderId.trim());
}

type FieldProps = { readonly value: string; readonly onChange: (text: string) => void };

function Details({ value, onChange }: FieldProps) {
  return (
    <>
      <label for="details">What is it about?</label>
      <textarea
        id="details"
        rows={5}
        dir="auto"
        aria-describedby="details-size"
        placeholder={'Twelve office chairs\nErgo Ltd, 3,480.00 EUR'}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <SizeNote id="details-size" size={detailsSize(value)} />
    </>
  );
}

function OrderNumber({ value, onChange }: FieldProps) {
  const isRight = isOrderNumber(value);
  return (
    <>
      <label for="order-id">
        Order number <span class="hint">Optional. Without one the order gets a number of its own.</span>
      </label>
      <input
        id="order-id"
        autocomplete="off"
        aria-describedby="order-id-rule"
        aria-invalid={!isRight}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <span id="order-id-rule" class="size too-long" role="status">
        {isRight ? '' : `Use 1 to ${MAX_ORDER_ID_CHARACTERS} of the characters A-Z, a-z, 0-9, _ and -.`}
      </span>
    </>
  );
}
