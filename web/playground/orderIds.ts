/** Stands for a fresh id in the variables of a request: the same one everywhere in that request. */
export const NEW_ORDER = 'NEW_ORDER';
/** Stands for the id that NEW_ORDER was last. */
export const LAST_ORDER = 'LAST_ORDER';

/** Fills in variables, so that an example can run any number of times. */
export type OrderIds = { readonly fillIn: (variables: unknown) => unknown };

const KEPT = 'countersign:last-order';

/** Remembers the last id for this browser: after a reload the walk-through goes on. */
export function createOrderIds(storage: Pick<Storage, 'getItem' | 'setItem'>): OrderIds {
  return {
    fillIn: (variables) => {
      const text = JSON.stringify(variables ?? {});
      if (text.includes(`"${NEW_ORDER}"`)) {
        // Not randomUUID: pages without TLS have none.
        storage.setItem(KEPT, `order-${crypto.getRandomValues(new Uint32Array(1)).join('')}`);
      }
      const last = storage.getItem(KEPT) ?? 'order-1';
      return JSON.parse(text, (_name, value) => (value === NEW_ORDER || value === LAST_ORDER ? last : value));
    },
  };
}
