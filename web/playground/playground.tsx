import { render } from 'preact';
import { EXAMPLES, type Example } from '../examples.ts';
import { loadConfig, type Config } from '../page/config.ts';
import { createAppSync } from './createAppSync.ts';
import { createFetcher, type Fetcher } from './createFetcher.ts';
import { LivePanel } from './livePanel.tsx';

type GraphiQLProps = {
  readonly fetcher: Fetcher;
  readonly defaultTabs: readonly {
    readonly query: string;
    readonly variables: string;
    readonly headers: string;
  }[];
  readonly defaultHeaders: string;
  readonly defaultEditorToolsVisibility: 'headers' | 'variables';
};

/** The few members of the scripts beside this one that it uses. */
declare global {
  var React: { createElement(type: unknown, props: GraphiQLProps): unknown };
  var ReactDOM: { createRoot(element: Element): { render(node: unknown): void } };
  var GraphiQL: unknown;
}

/** A comment of short lines above the query: the editor is narrow beside the live events. */
function tabOf({ title, hint = '', query, variables }: Example) {
  const words = `${title}. ${hint}`.trim().replaceAll(/(.{1,34})(?:\s+|$)/g, '# $1\n');
  return { query: `${words}${query}`, variables: JSON.stringify(variables, null, 2) };
}

/** GraphiQL takes the first tab's variables from what it stored, and at the first visit nothing is stored. */
function storeFirstVariables(): void {
  if (localStorage.getItem('graphiql:tabState') !== null) return;
  const [first] = EXAMPLES;
  if (first !== undefined) localStorage.setItem('graphiql:variables', tabOf(first).variables);
}

function showGraphiQL(element: Element, config: Config): void {
  storeFirstVariables();
  const headers = JSON.stringify({ 'x-api-key': config.apiKey }, null, 2);
  const props: GraphiQLProps = {
    fetcher: createFetcher(config),
    defaultTabs: EXAMPLES.map((example) => ({ ...tabOf(example), headers })),
    defaultHeaders: headers,
    defaultEditorToolsVisibility: 'variables',
  };
  globalThis.ReactDOM.createRoot(element).render(globalThis.React.createElement(globalThis.GraphiQL, props));
}

async function start(): Promise<void> {
  const editor = document.querySelector('#graphiql');
  const live = document.querySelector('#live');
  if (editor === null || live === null) return;
  try {
    const config = await loadConfig();
    showGraphiQL(editor, config);
    render(<LivePanel appSync={createAppSync(config)} />, live);
  } catch (error) {
    editor.textContent = `The playground cannot start: ${error instanceof Error ? error.message : error}`;
  }
}

void start();
