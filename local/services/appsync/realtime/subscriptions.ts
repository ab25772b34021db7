import { parseObject } from '../../../ground/json.ts';
import { createAudience, type Audience } from '../filters/audience.ts';
import type { Payload } from '../filters/filter.ts';
import { filterIndex, type FilterIndex } from '../filters/filterIndex.ts';
import { dataFrame } from './textFrames.ts';
import type { Receiver, Subscription } from './subscription.ts';

type Field = { readonly audience: Audience<Subscription>; readonly invalidation: FilterIndex<Subscription> };

/** Renders an event for one subscription as the JSON text of its payload; null when it is too large to be sent. */
export type Render = (subscription: Subscription, query: string) => string | null;

/** The text of a document, and how many subscriptions have it. */
type KeptDocument = { readonly query: string; users: number };

/** Every active subscription of the API, by field. */
export type Subscriptions = {
  /** `query` is the document's text, kept once for all that have the same one. */
  readonly add: (subscription: Subscription, query: string) => void;
  readonly remove: (subscription: Subscription) => void;
  readonly publish: (field: string, payload: unknown, render: Render) => void;
  readonly invalidate: (field: string, payload: Payload) => void;
};

export function createSubscriptions(): Subscriptions {
  const fields = new Map<string, Field>();
  const documents = new Map<string, KeptDocument>();

  function fieldOf(name: string): Field {
    const known = fields.get(name);
    if (known !== undefined) return known;
    const fresh = { audience: createAudience<Subscription>(), invalidation: filterIndex<Subscription>() };
    fields.set(name, fresh);
    return fresh;
  }

  return {
    add: (subscription, query) => {
      const document = documents.get(subscription.document);
      if (document === undefined) documents.set(subscription.document, { query, users: 1 });
      else document.users += 1;
      const { audience, invalidation } = fieldOf(subscription.field);
      audience.add(subscription.interest, subscription);
      if (subscription.invalidation !== null) invalidation.add(subscription.invalidation, subscription);
    },
    remove: (subscription) => {
      const document = documents.get(subscription.document);
      if (document !== undefined) document.users -= 1;
      if (document?.users === 0) documents.delete(subscription.document);
      const { audience, invalidation } = fieldOf(subscription.field);
      audience.remove(subscription.interest, subscription);
      if (subscription.invalidation !== null) invalidation.remove(subscription.invalidation, subscription);
    },
    publish: (field, payload, render) => {
      const audience = fields.get(field)?.audience;
      if (audience !== undefined)
        deliver(audience.of(parseObject(payload)), (subscription) =>
          render(subscription, documents.get(subscription.document)?.query ?? ''),
        );
    },
    invalidate: (field, payload) => {
      const hit = [...(fields.get(field)?.invalidation.of(payload) ?? [])];
      for (const { id, receiver } of hit) receiver.invalidate(id);
    },
  };
}

/** Each distinct selection is rendered once, and each connection gets its frames in one write. */
function deliver(
  subscriptions: Iterable<Subscription>,
  render: (subscription: Subscription) => string | null,
): void {
  const payloads = new Map<string, Buffer | null>();
  const frames = new Map<Receiver, Buffer[]>();
  for (const subscription of subscriptions) {
    const { selection, receiver, frameStart } = subscription;
    let payload = payloads.get(selection);
    if (payload === undefined) {
      const text = render(subscription);
      payload = text === null ? null : Buffer.from(text);
      payloads.set(selection, payload);
    }
    if (payload === null) continue;
    const frame = dataFrame(frameStart, payload);
    const own = frames.get(receiver);
    if (own === undefined) frames.set(receiver, [frame]);
    else own.push(frame);
  }
  for (const [receiver, own] of frames) receiver.sendFrames(own);
}
