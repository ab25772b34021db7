import { useObservable } from '../observable.ts';
import type { Person } from './createPerson.ts';

/** Who is in front of the page, and the way to change it. */
export function PersonButton({ person }: { readonly person: Person }) {
  const { name } = useObservable(person);
  const [initial = '?'] = name;
  return (
    <button type="button" class="person" onClick={person.ask}>
      <span class="initial" aria-hidden="true">
        {initial.toUpperCase()}
      </span>
      {name === '' ? (
        <span>Who are you?</span>
      ) : (
        <span>
          <span class="you-are">You are </span>
          <bdi>{name}</bdi>
        </span>
      )}
    </button>
  );
}
