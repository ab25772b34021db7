import { useObservable } from '../../observable.ts';
import type { Person } from './createPerson.ts';

/** The person in front of the page, and the way to change it. */
export function PersonButton({ person }: { readonly person: Person }) {
  const { name } = useObservable(person);
  const { proof, signOut } = person;
  if (proof === 'token' && name === '') {
    return (
      <button type="button" class="person" onClick={person.ask}>
        Sign in
      </button>
    );
  }
  if (signOut !== null) return <SignedIn name={name} onSignOut={signOut} />;
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

function SignedIn({ name, onSignOut }: { readonly name: string; readonly onSignOut: () => void }) {
  return (
    <span class="person signed-in">
      <span>
        <span class="you-are">Signed in as </span>
        <bdi>{name}</bdi>
      </span>{' '}
      <button type="button" class="link" onClick={onSignOut}>
        Sign out
      </button>
    </span>
  );
}
