import type { AnyClientError } from '../../../client/countersign.ts';
import type { Person } from '../person/createPerson.ts';
import { UserText } from '../text/userText.tsx';
import { errorWords, NOT_ACCEPTED } from '../words.ts';

export type RefusalProps = { readonly error: AnyClientError | null; readonly person: Person };

/** Why the API did not do it, and what to do now. */
export function Refusal({ error, person }: RefusalProps) {
  if (error === null || error.type === 'OrderAlreadyDecided') return null;
  return (
    <p class="refusal" role="alert">
      <UserText text={error.type === 'Unauthorized' ? NOT_ACCEPTED[person.proof] : errorWords(error)} />{' '}
      {error.retryable ? 'Try again. Sending it twice is safe.' : ''}
    </p>
  );
}
