import { useEffect, useState } from 'preact/hooks';
import type { Config } from '../../config.ts';
import { Dialog } from '../dialog.tsx';
import { loadMetrics, type Metric } from './metrics.ts';

const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** What the local cloud has counted since it started. */
export function MetricsDialog({
  config,
  onClose,
}: {
  readonly config: Config;
  readonly onClose: () => void;
}) {
  const [metrics, setMetrics] = useState<readonly Metric[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    loadMetrics(config).then(setMetrics, (reason: unknown) => {
      setError(reason instanceof Error ? reason.message : 'The metrics could not be loaded.');
    });
  }, [config]);
  return (
    <Dialog title="Metrics since the local cloud started" onClose={onClose}>
      {error === null ? null : (
        <p class="refusal" role="alert">
          {error}
        </p>
      )}
      {metrics === null && error === null ? <p class="hint">Loading…</p> : null}
      {metrics?.length === 0 ? <p class="hint">Nothing has been counted yet.</p> : null}
      {metrics === null || metrics.length === 0 ? null : <Table metrics={metrics} />}
      <div class="buttons">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Table({ metrics }: { readonly metrics: readonly Metric[] }) {
  return (
    <div class="metrics">
      <table>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Of</th>
            <th scope="col">Times</th>
            <th scope="col">Sum</th>
          </tr>
        </thead>
        <tbody>
          {metrics.map(({ name, of, count, sum, unit }) => (
            <tr key={`${name} ${of}`}>
              <th scope="row">{name}</th>
              <td>{of}</td>
              <td>{NUMBER.format(count)}</td>
              <td>
                {NUMBER.format(sum)} {unit}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
