import { useEffect, useState } from 'preact/hooks';
import type { AnyClientError, Client } from '../../../client/countersign.ts';
import { useObservable } from '../../observable.ts';
import type { Person } from '../person/createPerson.ts';
import { errorWords, NOT_ACCEPTED } from '../words.ts';

export type BannerProps = {
  readonly client: Client;
  readonly person: Person;
  /** Why the lists cannot be shown, where asking again is pointless. */
  readonly error: AnyClientError | null;
  readonly isLocal: boolean;
};

/** The one place that says what does not work, and what to do. */
export function Banner({ client, person, error, isLocal }: BannerProps) {
  const { problem, name } = useObservable(person);
  const isOffline = useOutage(client);
  // A sign-in that has ended explains a refusal, and to sign in again loads the page anew.
  const isSignedIn = person.proof === 'token' && name !== '';
  const reason = problem ?? (isSignedIn && error?.type === 'Unauthorized' ? NOT_ACCEPTED.token : null);
  if (reason !== null) return <SignInProblem problem={reason} onSignIn={person.ask} />;
  if (error?.type === 'Unauthorized') return <WrongKey isLocal={isLocal} />;
  if (error !== null) {
    return (
      <div class="banner" role="alert">
        <p>
          <strong>The orders cannot be shown.</strong> {errorWords(error)}
        </p>
        <button type="button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </div>
    );
  }
  return isOffline ? <Offline client={client} /> : null;
}

function WrongKey({ isLocal }: { readonly isLocal: boolean }) {
  return (
    <div class="banner" role="alert">
      <p>
        <strong>The API key is wrong or has expired.</strong> The page reads it from config.json.{' '}
        {isLocal
          ? 'The local cloud answers that file with its own key, so reload the page.'
          : 'The person who deployed Countersign can put a new key there; keys of AppSync expire.'}
      </p>
      <button type="button" onClick={() => location.reload()}>
        Reload the page
      </button>
    </div>
  );
}

function SignInProblem({ problem, onSignIn }: { readonly problem: string; readonly onSignIn: () => void }) {
  return (
    <div class="banner" role="alert">
      <p>{problem}</p>
      <button type="button" onClick={onSignIn}>
        Sign in
      </button>
    </div>
  );
}

function Offline({ client }: { readonly client: Client }) {
  const state = useObservable(client.connection);
  const retryAt = state.name === 'offline' ? state.retryAt : null;
  const seconds = useSecondsUntil(retryAt);
  return (
    <div class="banner" role="alert">
      <p>
        <strong>Offline.</strong> You see what was known before. The page catches up by itself when the
        connection is back.{' '}
      </p>
      <span class="next-try" role="none" aria-hidden="true">
        {retryAt === null ? 'Connecting…' : seconds > 0 ? `Next try in ${seconds} s` : 'Trying…'}
      </span>
      <button type="button" disabled={retryAt === null} onClick={client.reconnect}>
        Try now
      </button>
    </div>
  );
}

/** True from the loss of the connection until it is back, tries in between included. */
function useOutage({ connection }: Client): boolean {
  const { name } = useObservable(connection);
  const [isOut, setOut] = useState(false);
  if (name === 'offline' && !isOut) setOut(true);
  if ((name === 'live' || name === 'catching up') && isOut) setOut(false);
  return isOut;
}

function useSecondsUntil(time: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (time === null) return undefined;
    const look = () => setNow(Date.now());
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [time]);
  return time === null ? 0 : Math.max(0, Math.ceil((time - now) / 1000));
}
