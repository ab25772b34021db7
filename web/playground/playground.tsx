import { render } from 'preact';
import { EXAMPLES, type Example } from '../examples.ts';
import { loadConfig, type Config } from '../config.ts';
import { createServerClock } from '../serverClock.ts';
import { createSignIn } from '../signIn/createSignIn.ts';
import { createCallers } from './createCallers.ts';
import { createFetcher, type Fetcher } from './createFetcher.ts';
import type { Exchange } from './exchange.ts';
import { labelEditors } from './labelEditors.ts';
import { createOrderIds, LAST_ORDER, NEW_ORDER } from './orderIds.ts';
import { SidePanel } from './sidePanel.tsx';

type GraphiQLProps = {
  readonly fetcher: Fetcher;
  readonly defaultTabs: readonly {
    readonly query: string;
    readonly variables: string;
    readonly headers: string;
  }[];
  readonly defaultQuery: string;
  readonly defaultHeaders: string;
  readonly defaultEditorToolsVisibility: 'headers' | 'variables';
};

/** The few members of the scripts beside this one that it uses. */
declare global {
  var React: { createElement(type: unknown, props: GraphiQLProps): unknown };
  var ReactDOM: { createRoot(element: Element): { render(node: unknown): void } };
  var GraphiQL: unknown;
}

const ID_NOTES = {
  [NEW_ORDER]: 'NEW_ORDER is a fresh id at every run.',
  [LAST_ORDER]: 'LAST_ORDER is the id of the order that was started last.',
};
/** What a new tab begins with. */
const NEW_TAB = `# Type { and press Ctrl+Space for what there is.
{
  endedOrders(limit: 5) {
    items {
      orderId
      status
    }
  }
}
`;

/** A comment of short lines above the query: the editor is narrow beside the panel. Every run has an order of its own. */
function tabOf({ title, hint = '', query, variables }: Example) {
  const orderId = query.includes('processOrder(') ? NEW_ORDER : LAST_ORDER;
  const given = JSON.stringify(variables, null, 2);
  const own = given.replaceAll(/"orderId": "[^"]*"/g, `"orderId": "${orderId}"`);
  const note = own === given ? '' : ID_NOTES[orderId];
  const words = `${title}. ${hint} ${note}`.trim().replaceAll(/(.{1,30})(?:\s+|$)/g, '# $1\n');
  return { query: `${words}${query}`, variables: own };
}

/** GraphiQL takes the first tab's variables from what it stored, and at the first visit nothing is stored. */
function storeFirstVariables(): void {
  if (localStorage.getItem('graphiql:tabState') !== null) return;
  const [first] = EXAMPLES;
  if (first !== undefined) localStorage.setItem('graphiql:variables', tabOf(first).variables);
}

function showGraphiQL(element: Element, config: Config, fetcher: Fetcher): void {
  storeFirstVariables();
  const headers = JSON.stringify({ 'x-api-key': config.apiKey }, null, 2);
  const props: GraphiQLProps = {
    fetcher,
    defaultTabs: EXAMPLES.map((example) => ({ ...tabOf(example), headers })),
    defaultQuery: NEW_TAB,
    defaultHeaders: headers,
    defaultEditorToolsVisibility: 'variables',
  };
  globalThis.ReactDOM.createRoot(element).render(globalThis.React.createElement(globalThis.GraphiQL, props));
}

async function showPlayground(editor: Element, panel: Element, config: Config): Promise<void> {
  const clock = createServerClock(config);
  await clock.ask();
  const signIn = config.signIn === null ? null : await createSignIn(config.signIn, clock);
  const callers = createCallers(config, signIn);
  const appSync = callers.appSyncFor({ kind: 'API key' }, config.apiKey);
  const draw = (last: Exchange | null) => {
    const props = { appSync, config, last, callers };
    render(<SidePanel {...props} />, panel);
  };
  const orderIds = createOrderIds(localStorage);
  labelEditors(editor);
  showGraphiQL(editor, config, createFetcher({ config, orderIds, callers, exchanged: draw }));
  draw(null);
}

async function start(): Promise<void> {
  const editor = document.querySelector('#graphiql');
  const panel = document.querySelector('#panel');
  if (editor === null || panel === null) return;
  try {
    await showPlayground(editor, panel, await loadConfig());
  } catch (error) {
    editor.textContent = `The playground cannot start: ${error instanceof Error ? error.message : error}`;
  }
}

void start();
