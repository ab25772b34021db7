import { useState } from 'preact/hooks';
import { curlOf, type Caller, type Exchange } from './exchange.ts';

export type RequestPanelProps = {
  readonly url: string;
  readonly last: Exchange | null;
  readonly onCaller: (caller: Caller) => void;
};

/** The caller, the last answer, and what to take away: a curl command and the schema. */
export function RequestPanel({ url, last, onCaller }: RequestPanelProps) {
  return (
    <section aria-label="Request">
      <h2>Request</h2>
      <p>
        API: <code>{url}</code>
      </p>
      <CallerChoice onCaller={onCaller} />
      <p role="status" aria-label="Last answer">
        {last === null
          ? 'No answer yet.'
          : `Status ${last.status}, ${last.milliseconds} ms, ${last.bytes.toLocaleString('en')} bytes`}
      </p>
      <p>
        {last === null ? null : <CopyButton text={curlOf(last)} />}{' '}
        <a href="/playground/schema.graphql" download="schema.graphql">
          Download the schema
        </a>{' '}
        <button type="button" onClick={restoreExamples}>
          Restore the examples
        </button>
      </p>
    </section>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState('');
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(text);
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {copied === text ? 'Copied' : 'Copy as curl'}
    </button>
  );
}

/** Credentials stay in this tab's memory: they are gone after a reload. */
function CallerChoice({ onCaller }: Pick<RequestPanelProps, 'onCaller'>) {
  const [kind, setKind] = useState<Caller['kind']>('API key');
  const [accessKeyId, setAccessKeyId] = useState('');
  const [secretAccessKey, setSecretAccessKey] = useState('');
  const change = (next: { kind?: Caller['kind']; id?: string; secret?: string }) => {
    const { kind: nextKind = kind, id = accessKeyId, secret = secretAccessKey } = next;
    setKind(nextKind);
    setAccessKeyId(id);
    setSecretAccessKey(secret);
    onCaller(
      nextKind === 'IAM' ? { kind: 'IAM', accessKeyId: id, secretAccessKey: secret } : { kind: 'API key' },
    );
  };
  return (
    <fieldset>
      <legend>Caller</legend>
      <label>
        <input type="radio" checked={kind === 'API key'} onChange={() => change({ kind: 'API key' })} /> API
        key
      </label>{' '}
      <label>
        <input type="radio" checked={kind === 'IAM'} onChange={() => change({ kind: 'IAM' })} /> IAM
      </label>
      {kind === 'IAM' ? (
        <>
          <p>
            From <code>.countersign/credentials</code>. Subscriptions go on with the API key.
          </p>
          <label>
            Access key id
            <input
              autocomplete="off"
              value={accessKeyId}
              onInput={({ currentTarget }) => change({ id: currentTarget.value.trim() })}
            />
          </label>
          <label>
            Secret access key
            <input
              type="password"
              autocomplete="off"
              value={secretAccessKey}
              onInput={({ currentTarget }) => change({ secret: currentTarget.value.trim() })}
            />
          </label>
        </>
      ) : null}
    </fieldset>
  );
}

/** GraphiQL keeps its tabs in the browser; without them it opens the examples. */
function restoreExamples(): void {
  for (const name of ['graphiql:tabState', 'graphiql:query', 'graphiql:variables', 'graphiql:headers']) {
    localStorage.removeItem(name);
  }
  location.reload();
}
