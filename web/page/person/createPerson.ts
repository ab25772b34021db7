import { createChangeable, type Observable } from '../../observable.ts';
import { lasting, onKeptElsewhere } from '../storage.ts';
import type { SignIn } from '../../signIn/createSignIn.ts';

export type PersonState = {
  /** Empty until it has been given. */
  readonly name: string;
  readonly isAsked: boolean;
  /** Those that a token names. */
  readonly groups: readonly string[];
  /** A sentence about a sign-in that failed or has ended. */
  readonly problem: string | null;
};

/** The person in front of the page. */
export type Person = Observable<PersonState> & {
  /** A typed name is a claim; a name from a token is verified by the API. */
  readonly proof: 'claim' | 'token';
  /** The name, asked for where there is none yet; null when the person would rather not say. */
  readonly ensureName: () => Promise<string | null>;
  /** Asks for the name, also where there is one. */
  readonly ask: () => Promise<string | null>;
  /** Ends the question; null leaves the name as it was. */
  readonly answer: (name: string | null) => void;
  /** Forgets the token; null for a typed name. */
  readonly signOut: (() => void) | null;
};

const NAME_KEY = 'name';

/** A person by a name that this browser keeps, and nothing that proves it. */
export function createPerson(): Person {
  const state = createChangeable<PersonState>({
    name: lasting.read(NAME_KEY) ?? '',
    isAsked: false,
    groups: [],
    problem: null,
  });
  onKeptElsewhere(NAME_KEY, (name) => state.change({ ...state.current(), name }));
  let answered = Promise.withResolvers<string | null>();
  const ask = () => {
    if (!state.current().isAsked) answered = Promise.withResolvers();
    state.change({ ...state.current(), isAsked: true });
    return answered.promise;
  };
  return {
    ...state,
    proof: 'claim',
    signOut: null,
    ask,
    ensureName: async () => (state.current().name === '' ? ask() : state.current().name),
    answer: (name) => {
      const given = name?.trim() ?? '';
      if (given !== '') lasting.write(NAME_KEY, given);
      state.change({ ...state.current(), name: given === '' ? state.current().name : given, isAsked: false });
      answered.resolve(given === '' ? null : given);
    },
  };
}

/** A person by their token: to ask for the name is to sign in, which leaves the page. */
export function createSignedInPerson(signIn: SignIn): Person {
  const name = () => signIn.current().person?.name ?? '';
  const ask = async () => {
    await signIn.signIn();
    return null;
  };
  return {
    current: () => ({
      name: name(),
      isAsked: false,
      groups: signIn.current().person?.groups ?? [],
      problem: signIn.current().problem,
    }),
    subscribe: signIn.subscribe,
    proof: 'token',
    signOut: signIn.signOut,
    ask,
    ensureName: async () => (name() === '' ? ask() : name()),
    answer: () => {},
  };
}
