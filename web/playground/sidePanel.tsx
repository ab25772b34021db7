import { useEffect, useState } from 'preact/hooks';
import type { AppSync } from './createAppSync.ts';
import { LivePanel } from './livePanel.tsx';
import { PanelEdge } from './panelEdge.tsx';
import { RequestPanel, type RequestPanelProps } from './requestPanel.tsx';

const KEPT = 'countersign:panel';
const FOLDED = 'folded';

/** What stands beside GraphiQL. It folds away and has any width, and stays so. */
export function SidePanel({ appSync, ...request }: RequestPanelProps & { readonly appSync: AppSync }) {
  const [isFolded, setFolded] = useState(localStorage.getItem(KEPT) === FOLDED);
  useEffect(() => {
    localStorage.setItem(KEPT, isFolded ? FOLDED : 'open');
    document.body.classList.toggle(FOLDED, isFolded);
  }, [isFolded]);
  return (
    <aside aria-label="Requests and events">
      {isFolded ? null : <PanelEdge />}
      <div class="panel">
        <p>
          <button type="button" aria-expanded={!isFolded} onClick={() => setFolded(!isFolded)}>
            {isFolded ? 'Show' : 'Hide'} the panel
          </button>{' '}
          {isFolded ? null : <a href="/">To the page</a>}
        </p>
        <div hidden={isFolded}>
          <RequestPanel {...request} />
          <LivePanel appSync={appSync} />
        </div>
      </div>
    </aside>
  );
}
