import { useState } from 'preact/hooks';
import type { Config } from '../../config.ts';
import { ClockTools, type ClockToolsProps } from './clockTools.tsx';
import { MetricsDialog } from './metricsDialog.tsx';

export type LocalStripProps = ClockToolsProps & { readonly config: Config };

/** Says that this is the local cloud, and holds the tools that AWS does not have. */
export function LocalStrip({ config, ...tools }: LocalStripProps) {
  const [hasMetrics, setMetrics] = useState(false);
  return (
    <>
      <aside class="local" aria-label="Local cloud">
        <strong>Local cloud</strong>
        {config.testControls ? (
          <ClockTools {...tools} />
        ) : (
          <span class="hint">
            With <code>npm start -- --test-controls</code> you can move its clock.
          </span>
        )}
        <button type="button" class="metrics-button" onClick={() => setMetrics(true)}>
          Metrics
        </button>
        <a href="/playground">Playground</a>
      </aside>
      {hasMetrics ? <MetricsDialog config={config} onClose={() => setMetrics(false)} /> : null}
    </>
  );
}
