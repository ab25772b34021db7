import { useEffect, useState } from 'preact/hooks';

/** A value that changes, and tells when. */
export type Observable<Value> = {
  readonly current: () => Value;
  readonly subscribe: (listener: () => void) => () => void;
};

export type Changeable<Value> = Observable<Value> & { readonly change: (value: Value) => void };

export function createChangeable<Value>(first: Value): Changeable<Value> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    current: () => value,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (next) => {
      value = next;
      for (const listener of listeners) listener();
    },
  };
}

/** Draws the component again whenever the value has changed. */
export function useObservable<Value>(observable: Observable<Value>): Value {
  const [value, setValue] = useState(observable.current);
  useEffect(() => {
    const look = () => setValue(observable.current);
    look();
    return observable.subscribe(look);
  }, [observable]);
  return value;
}
