import type { AnyClientError } from '../../../client/countersign.ts';

/** Why the API did not do it, and what to do now. */
export function Refusal({ error }: { readonly error: AnyClientError | null }) {
  if (error === null || error.type === 'OrderAlreadyDecided') return null;
  const isKey = error.type === 'Unauthorized';
  return (
    <p class="refusal" role="alert">
      {isKey ? 'The API key is wrong or has expired.' : error.message}{' '}
      {error.retryable ? 'Try again. Sending it twice is safe.' : ''}
    </p>
  );
}
