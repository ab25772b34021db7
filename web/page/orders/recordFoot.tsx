import { useState } from 'preact/hooks';
import { type Order, isClientError } from '../../../client/countersign.ts';
import { useObservable } from '../../observable.ts';
import { errorWords } from '../words.ts';
import type { OrderRecord } from './createRecord.ts';
import { saveFile, toCsv, toJson } from './exportOrders.ts';
import { NothingFound } from './nothingFound.tsx';

export type RecordFootProps = {
  readonly record: OrderRecord;
  readonly isEmpty: boolean;
  readonly query: string;
};

/** Below the decided orders: older ones, and a copy of all of them to keep. */
export function RecordFoot({ record, isEmpty, query }: RecordFootProps) {
  const { isLoaded, hasMore, isLoading, error } = useObservable(record);
  return (
    <div class="foot">
      {isEmpty && query !== '' ? <NothingFound query={query} /> : null}
      {isEmpty && query === '' && isLoaded ? (
        <div class="empty">
          <p>No order has been decided yet.</p>
        </div>
      ) : null}
      {error === null || error.type === 'Unauthorized' ? null : (
        <p class="refusal" role="alert">
          The record could not be loaded. {errorWords(error)}
        </p>
      )}
      {hasMore && (isLoaded || error !== null) ? (
        <button type="button" class="quiet more" disabled={isLoading} onClick={record.loadMore}>
          {isLoading ? 'Loading…' : error === null ? 'Show older orders' : 'Try again'}
        </button>
      ) : null}
      {isEmpty ? null : <Download record={record} />}
    </div>
  );
}

const FORMATS = {
  CSV: { name: 'decided-orders.csv', type: 'text/csv', write: toCsv },
  JSON: { name: 'decided-orders.json', type: 'application/json', write: toJson },
} satisfies Record<string, { name: string; type: string; write: (orders: readonly Order[]) => string }>;

function Download({ record }: { readonly record: OrderRecord }) {
  const [state, setState] = useState<'ready' | 'loading' | 'failed'>('ready');
  const download = async (format: keyof typeof FORMATS) => {
    const { name, type, write } = FORMATS[format];
    setState('loading');
    try {
      saveFile(name, type, write(await record.loadAll()));
      setState('ready');
    } catch (error) {
      if (!isClientError(error)) throw error;
      setState('failed');
    }
  };
  return (
    <p class="download">
      <span role="status">
        {state === 'loading' ? 'Loading all decided orders…' : 'Download all decided orders:'}
        {state === 'failed' ? ' it did not work; try again.' : ''}
      </span>{' '}
      <button type="button" class="link" disabled={state === 'loading'} onClick={() => download('CSV')}>
        CSV
      </button>{' '}
      <button type="button" class="link" disabled={state === 'loading'} onClick={() => download('JSON')}>
        JSON
      </button>
    </p>
  );
}
