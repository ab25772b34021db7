import { createChangeable, type Observable } from '../observable.ts';
import type { ServerClock } from '../serverClock.ts';
import { createIssuer, SignInFailed, type SignInConfig, type Tokens } from './createIssuer.ts';

/** The person who is signed in, as the token names them. */
export type SignedIn = {
  /** The issuer's own id of the person. */
  readonly subject: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly endsAt: number;
};

export type SignInState = {
  readonly person: SignedIn | null;
  /** A sentence for the person in front of the page about a sign-in that failed or has ended. */
  readonly problem: string | null;
};

export type SignIn = Observable<SignInState> & {
  /** A token that is good for a while yet, renewed when it is not; null while signed out. */
  readonly token: () => Promise<string | null>;
  /** Leaves the page for the issuer's. */
  readonly signIn: () => Promise<void>;
  readonly signOut: () => void;
};

/** A token is renewed this long before it ends. */
const MARGIN_MILLISECONDS = 60_000;
/** In the storage of the tab: the next sign-in asks for the password again. */
const SIGNED_OUT = 'countersign.signedOut';
const ENDED = 'Your sign-in has ended. Sign in again.';

/** Signs in at the issuer of config.json. Tokens are in memory only: a reload signs out, and so does a closed tab. */
export async function createSignIn(config: SignInConfig, clock: ServerClock): Promise<SignIn> {
  const issuer = createIssuer(config);
  const state = createChangeable<SignInState>({ person: null, problem: null });
  let tokens: Tokens | null = null;
  let renewing: Promise<void> | null = null;

  function keep(next: Tokens | null, problem: string | null = null): void {
    const person = next === null ? null : personOf(next.idToken);
    tokens = person === null ? null : next;
    state.change({ person, problem });
  }
  async function renew(): Promise<void> {
    const refreshToken = tokens?.refreshToken ?? null;
    const next = refreshToken === null ? null : await issuer.renew(refreshToken);
    if (next !== null) keep(next);
    else if (millisecondsLeft() <= 0) keep(null, ENDED);
  }
  const millisecondsLeft = () => (state.current().person?.endsAt ?? 0) - clock.now();
  const saying = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof SignInFailed)) throw error;
      keep(tokens, error.message);
    }
  };

  await saying(async () => keep(await issuer.comeBack()));
  return {
    current: state.current,
    subscribe: state.subscribe,
    token: async () => {
      if (tokens !== null) await clock.ask();
      if (tokens !== null && millisecondsLeft() < MARGIN_MILLISECONDS) {
        renewing ??= renew().finally(() => void (renewing = null));
        // While the issuer does not answer, the token serves until its end.
        await renewing.catch((error: unknown) => {
          if (millisecondsLeft() <= 0) throw error;
        });
      }
      return tokens?.idToken ?? null;
    },
    signIn: () =>
      saying(async () => {
        const anew = sessionStorage.getItem(SIGNED_OUT) !== null;
        sessionStorage.removeItem(SIGNED_OUT);
        await issuer.leave({ anew });
      }),
    signOut: () => {
      sessionStorage.setItem(SIGNED_OUT, 'true');
      keep(null);
    },
  };
}

/** What the page shows of a token; the API is what verifies it. */
function personOf(idToken: string): SignedIn | null {
  const claims: unknown = JSON.parse(decoded(idToken.split('.')[1] ?? ''));
  if (typeof claims !== 'object' || claims === null) return null;
  const of = (name: string) => Reflect.get(claims, name);
  const email = of('email_verified') === false ? undefined : of('email');
  return {
    subject: String(of('sub')),
    name: String(email ?? of('preferred_username') ?? of('sub')),
    groups: [of('groups'), of('cognito:groups')].flatMap((claim) =>
      Array.isArray(claim) ? claim.map(String) : [],
    ),
    endsAt: Number(of('exp')) * 1_000,
  };
}

function decoded(base64Url: string): string {
  const bytes = Uint8Array.from(atob(base64Url.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
  return new TextDecoder().decode(bytes);
}
