import { parseObject } from '../../../ground/json.ts';
import { createAudience, type Audience } from '../filters/audience.ts';
import type { Payload } from '../filters/filter.ts';
import { filterIndex, type FilterIndex } from '../filters/filterIndex.ts';
import { dataFrame } from './frames.ts';
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
  const rendered = new Map<string, string | null>();
  const frames = new Map<Receiver, string[]>();
  for (const subscription of subscriptions) {
    const { selection } = subscription;
    let payload = rendered.get(selection);
    if (payload === undefined) {
      payload = render(subscription);
      rendered.set(selection, payload);
    }
    if (payload === null) continue;
    const list = frames.get(subscription.receiver);
    const frame = dataFrame(subscription.id, payload);
    if (list === undefined) frames.set(subscription.receiver, [frame]);
    else list.push(frame);
  }
  for (const [receiver, texts] of frames) receiver.sendAll(texts);
}
