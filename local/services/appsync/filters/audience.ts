import { argumentIndex, type Arguments } from './argumentIndex.ts';
import type { Filter, Payload } from './filter.ts';
import { filterIndex } from './filterIndex.ts';

/** What a subscription wants to hear: events by its arguments, or by the filter that its resolver set. */
export type Interest =
  ({ readonly by: 'arguments' } & Arguments) | { readonly by: 'filter'; readonly filter: Filter };

/** Finds the subscriptions that match an event. The cost does not grow with the number of those that do not match. */
export type Audience<T> = {
  readonly add: (interest: Interest, member: T) => void;
  readonly remove: (interest: Interest, member: T) => void;
  readonly of: (payload: Payload) => Iterable<T>;
};

export function createAudience<T>(): Audience<T> {
  const byArguments = argumentIndex<T>();
  const byFilter = filterIndex<T>();
  return {
    add: (interest, member) =>
      interest.by === 'arguments' ? byArguments.add(interest, member) : byFilter.add(interest.filter, member),
    remove: (interest, member) =>
      interest.by === 'arguments'
        ? byArguments.remove(interest, member)
        : byFilter.remove(interest.filter, member),
    *of(payload) {
      yield* byArguments.of(payload);
      yield* byFilter.of(payload);
    },
  };
}
