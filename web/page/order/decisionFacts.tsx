import { useObservable } from '../../observable.ts';
import type { Person } from '../person/createPerson.ts';

export type DecisionFactsProps = {
  readonly person: Person;
  /** Why the person cannot decide, or cannot confirm. */
  readonly obstacle: string | null;
  /** Null where the order is about to be rejected or cancelled. */
  readonly onCancel: (() => void) | null;
  readonly isOff: boolean;
};

/** The name in which the person decides, and the way to cancel. */
export function DecisionFacts({ person, obstacle, onCancel, isOff }: DecisionFactsProps) {
  return (
    <div class="decision-facts">
      {obstacle === null ? null : <span>{obstacle}</span>}
      <DecidingAs person={person} />
      {onCancel === null ? null : (
        <button type="button" class="link" data-opens="cancel" disabled={isOff} onClick={onCancel}>
          Cancel this order…
        </button>
      )}
    </div>
  );
}

function DecidingAs({ person }: { readonly person: Person }) {
  const { name } = useObservable(person);
  if (person.proof === 'token') {
    return name === '' ? (
      <span>
        Only people who are signed in decide.{' '}
        <button type="button" class="link" onClick={person.ask}>
          Sign in
        </button>
      </span>
    ) : (
      <span>
        You decide as <bdi class="who">{name}</bdi>, verified by your sign-in.
      </span>
    );
  }
  return name === '' ? (
    <span>Your name is asked for before your first decision.</span>
  ) : (
    <span>
      You decide as <bdi class="who">{name}</bdi>{' '}
      <button type="button" class="link" onClick={person.ask}>
        Change
      </button>
    </span>
  );
}
