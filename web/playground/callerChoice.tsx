import { useState } from 'preact/hooks';
import { useObservable } from '../observable.ts';
import type { SignIn } from '../signIn/createSignIn.ts';
import type { Callers } from './createCallers.ts';
import type { Caller } from './exchange.ts';
import type { Credentials } from './sign.ts';

const NO_CREDENTIALS: Credentials = {
  kind: 'IAM',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
};

/** The caller of the API from the editor. Everything given here stays in this tab's memory and is gone after a reload. */
export function CallerChoice({ callers }: { readonly callers: Callers }) {
  const { kind } = useObservable(callers.chosen);
  const [credentials, setCredentials] = useState(NO_CREDENTIALS);
  const choose = (caller: Caller) => callers.chosen.change(caller);
  const radio = (label: string, caller: Caller) => (
    <label>
      <input type="radio" name="caller" checked={kind === caller.kind} onChange={() => choose(caller)} />{' '}
      {label}
    </label>
  );
  return (
    <fieldset>
      <legend>Caller</legend>
      {radio('API key', { kind: 'API key' })} {radio('IAM', credentials)}{' '}
      {callers.signIn === null ? null : radio('Signed-in person', { kind: 'person' })}
      {kind === 'IAM' ? (
        <CredentialFields
          credentials={credentials}
          onChange={(next) => {
            setCredentials(next);
            choose(next);
          }}
        />
      ) : null}
      {kind === 'person' && callers.signIn !== null ? <PersonLine signIn={callers.signIn} /> : null}
    </fieldset>
  );
}

type CredentialFieldsProps = {
  readonly credentials: Credentials;
  readonly onChange: (credentials: Credentials) => void;
};

function CredentialFields({ credentials, onChange }: CredentialFieldsProps) {
  const attributesOf = (name: 'accessKeyId' | 'secretAccessKey' | 'sessionToken') => ({
    autocomplete: 'off',
    value: credentials[name],
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      onChange({ ...credentials, [name]: currentTarget.value.trim() }),
  });
  return (
    <>
      <p>
        The local cloud's are in the file <code>credentials</code> of its data folder, such as{' '}
        <code>.countersign</code>.
      </p>
      <label>
        Access key id
        <input {...attributesOf('accessKeyId')} />
      </label>
      <label>
        Secret access key
        <input type="password" {...attributesOf('secretAccessKey')} />
      </label>
      <label>
        Session token, if they are temporary
        <input type="password" {...attributesOf('sessionToken')} />
      </label>
    </>
  );
}

function PersonLine({ signIn }: { readonly signIn: SignIn }) {
  const { person, problem } = useObservable(signIn);
  return (
    <p>
      {problem === null ? null : <span role="alert">{problem} </span>}
      {person === null ? (
        <button type="button" onClick={() => void signIn.signIn()}>
          Sign in
        </button>
      ) : (
        <>
          Signed in as <bdi>{person.name}</bdi>{' '}
          <button type="button" onClick={signIn.signOut}>
            Sign out
          </button>
        </>
      )}
    </p>
  );
}
