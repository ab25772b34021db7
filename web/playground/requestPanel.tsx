import { useState } from 'preact/hooks';
import { CallerChoice } from './callerChoice.tsx';
import type { Callers } from './createCallers.ts';
import type { Config } from '../config.ts';
import { copyText } from '../copyText.ts';
import { curlOf, type Exchange } from './exchange.ts';
import { RequestLog } from './requestLog.tsx';

export type RequestPanelProps = {
  readonly config: Config;
  readonly last: Exchange | null;
  readonly callers: Callers;
};

/** The caller, the last answer, and what to take away: a curl command and the schema. */
export function RequestPanel({ config, last, callers }: RequestPanelProps) {
  return (
    <section aria-label="Request">
      <h2>Request</h2>
      <p>
        API: <code>{config.graphqlUrl}</code>
      </p>
      <CallerChoice callers={callers} />
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
      {config.isLocal && last !== null && last.requestId !== null ? (
        <RequestLog config={config} requestId={last.requestId} />
      ) : null}
    </section>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState('');
  const copy = async () => {
    await copyText(text);
    setCopied(text);
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {copied === text ? 'Copied' : 'Copy as curl'}
    </button>
  );
}

/** GraphiQL keeps its tabs in the browser; without them it opens the examples. */
function restoreExamples(): void {
  for (const name of ['graphiql:tabState', 'graphiql:query', 'graphiql:variables', 'graphiql:headers']) {
    localStorage.removeItem(name);
  }
  location.reload();
}
