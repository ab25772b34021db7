import { useEffect, useState } from 'preact/hooks';
import { fieldsOf, parseJson } from '../../client/answers/json.ts';
import type { Config } from '../config.ts';

export type RequestLogProps = { readonly config: Config; readonly requestId: string };

/** What the resolvers and the functions of one request have logged; the local cloud knows it. */
export function RequestLog({ config, requestId }: RequestLogProps) {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    void readLog(config, requestId, controller.signal).then(setLines, () => setLines([]));
    return () => controller.abort();
  }, [config, requestId]);
  if (lines.length === 0) return null;
  return (
    <details open>
      <summary>Log of this request ({lines.length})</summary>
      <pre>{lines.join('\n')}</pre>
    </details>
  );
}

async function readLog(
  { graphqlUrl, apiKey }: Config,
  requestId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const url = new URL(`/_local/logs?requestId=${encodeURIComponent(requestId)}`, graphqlUrl);
  const response = await fetch(url, { headers: { 'x-api-key': apiKey }, signal });
  const { lines } = fieldsOf(parseJson(await response.text()));
  return Array.isArray(lines) ? lines.map(textOf) : [];
}

/** A function logs JSON; of that, its level and its message. */
function textOf(entry: unknown): string {
  const { source, line } = fieldsOf(entry);
  const { level, message } = fieldsOf(parseJson(String(line)));
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return `${source} | ${message === undefined ? line : `${level} ${text}`}`;
}
