import { createChangeable, type Observable } from '../observable.ts';
import { openIssuer, type SignInConfig, type Tokens } from './issuer.ts';

/** The person who is signed in, as the token names them. */
export type SignedIn = { readonly name: string; readonly endsAt: number };

export type SignIn = {
  readonly person: Observable<SignedIn | null>;
  /** A token that is good for a while yet, renewed when it is not; null while signed out. */
  readonly token: () => Promise<string | null>;
  readonly signIn: () => Promise<void>;
  readonly signOut: () => void;
};

/** A token is renewed this long before it ends. */
const MARGIN_MILLISECONDS = 60_000;

/** Signs in at the issuer of config.json. Tokens are in memory only: a reload signs out, and so does a closed tab. */
export async function createSignIn(config: SignInConfig, now: () => number): Promise<SignIn> {
  const issuer = await openIssuer(config);
  const person = createChangeable<SignedIn | null>(null);
  let tokens: Tokens | null = null;
  let renewing: Promise<void> | null = null;

  function keep(next: Tokens | null): void {
    tokens = next;
    person.change(next === null ? null : personOf(next.idToken));
  }
  async function renew(): Promise<void> {
    const refreshToken = tokens?.refreshToken ?? null;
    keep(refreshToken === null ? null : await issuer.renew(refreshToken));
  }

  keep(await issuer.comeBack());
  return {
    person,
    token: async () => {
      const { endsAt } = person.current() ?? { endsAt: 0 };
      if (tokens !== null && endsAt - now() < MARGIN_MILLISECONDS) {
        renewing ??= renew().finally(() => void (renewing = null));
        await renewing;
      }
      return tokens?.idToken ?? null;
    },
    signIn: () => issuer.leave(),
    signOut: () => keep(null),
  };
}

/** What the page shows of a token; the API is what verifies it. */
function personOf(idToken: string): SignedIn | null {
  const claims: unknown = JSON.parse(decoded(idToken.split('.')[1] ?? ''));
  if (typeof claims !== 'object' || claims === null) return null;
  const of = (name: string) => Reflect.get(claims, name);
  const email = of('email_verified') === false ? undefined : of('email');
  return { name: String(email ?? of('preferred_username') ?? of('sub')), endsAt: Number(of('exp')) * 1_000 };
}

function decoded(base64Url: string): string {
  const bytes = Uint8Array.from(atob(base64Url.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
  return new TextDecoder().decode(bytes);
}
