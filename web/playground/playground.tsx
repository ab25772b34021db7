import { render } from 'preact';
import { loadConfig, type Config } from '../page/config.ts';
import { createAppSync } from './createAppSync.ts';
import { createFetcher, type Fetcher } from './createFetcher.ts';
import { EXAMPLES } from './examples.ts';
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

/** GraphiQL takes the first tab's variables from what it stored, and at the first visit nothing is stored. */
function storeFirstVariables(): void {
  if (localStorage.getItem('graphiql:tabState') !== null) return;
  localStorage.setItem('graphiql:variables', EXAMPLES[0]?.variables ?? '');
}

function showGraphiQL(element: Element, config: Config): void {
  storeFirstVariables();
  const headers = JSON.stringify({ 'x-api-key': config.apiKey }, null, 2);
  const props: GraphiQLProps = {
    fetcher: createFetcher(config),
    defaultTabs: EXAMPLES.map((example) => ({ ...example, headers })),
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
