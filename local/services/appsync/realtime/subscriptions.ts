import { parseObject } from '../../../ground/json.ts';
import { createAudience, type Audience } from '../filters/audience.ts';
import type { Payload } from '../filters/filter.ts';
import { filterIndex, type FilterIndex } from '../filters/filterIndex.ts';
import { dataFrame } from './frames.ts';
import type { Receiver, Subscription } from './subscription.ts';

type Field = { readonly audience: Audience<Subscription>; readonly invalidation: FilterIndex<Subscription> };

/** Renders an event for one subscription as the JSON text of its payload; null when it is too large to be sent. */
export type Render = (subscription: Subscription) => string | null;

/** Every active subscription of the API, by field. */
export type Subscriptions = {
  readonly add: (subscription: Subscription) => void;
  readonly remove: (subscription: Subscription) => void;
  readonly publish: (field: string, payload: unknown, render: Render) => void;
  readonly invalidate: (field: string, payload: Payload) => void;
};

export function createSubscriptions(): Subscriptions {
  const fields = new Map<string, Field>();

  function fieldOf(name: string): Field {
    const known = fields.get(name);
    if (known !== undefined) return known;
    const fresh = { audience: createAudience<Subscription>(), invalidation: filterIndex<Subscription>() };
    fields.set(name, fresh);
    return fresh;
  }

  return {
    add: (subscription) => {
      const { audience, invalidation } = fieldOf(subscription.field);
      audience.add(subscription.interest, subscription);
      if (subscription.invalidation !== null) invalidation.add(subscription.invalidation, subscription);
    },
    remove: (subscription) => {
      const { audience, invalidation } = fieldOf(subscription.field);
      audience.remove(subscription.interest, subscription);
      if (subscription.invalidation !== null) invalidation.remove(subscription.invalidation, subscription);
    },
    publish: (field, payload, render) => {
      const audience = fields.get(field)?.audience;
      if (audience !== undefined) deliver(audience.of(parseObject(payload)), render);
    },
    invalidate: (field, payload) => {
      const hit = [...(fields.get(field)?.invalidation.of(payload) ?? [])];
      for (const { id, receiver } of hit) receiver.invalidate(id);
    },
  };
}

/** Each distinct selection is rendered once, and each connection gets its frames in one write. */
function deliver(subscriptions: Iterable<Subscription>, render: Render): void {
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
