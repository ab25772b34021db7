import { useState } from 'preact/hooks';
import type { Config } from '../../config.ts';
import type { Orders } from '../orders/createOrders.ts';
import type { ServerClock } from '../../serverClock.ts';
import { ClockTools } from './clockTools.tsx';
import { MetricsDialog } from './metricsDialog.tsx';

export type LocalStripProps = {
  readonly clock: ServerClock;
  readonly orders: Orders;
  readonly config: Config;
};

/** Says that this is the local cloud, and holds the tools that AWS does not have. */
export function LocalStrip({ clock, orders, config }: LocalStripProps) {
  const [hasMetrics, setMetrics] = useState(false);
  return (
    <>
      <aside class="local" aria-label="Local cloud">
        <strong>Local cloud</strong>
        {config.testControls ? (
          <ClockTools clock={clock} orders={orders} />
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
