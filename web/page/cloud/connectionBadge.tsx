import type { Client, ConnectionState } from '../../../client/countersign.ts';
import { useObservable } from '../../observable.ts';

const WORDS = {
  idle: 'Not connected',
  connecting: 'Connecting',
  live: 'Live',
  'catching up': 'Catching up',
  offline: 'Offline',
} satisfies Record<ConnectionState['name'], string>;

/** Whether what is shown is how it is. */
export function ConnectionBadge({ client }: { readonly client: Client }) {
  const { name } = useObservable(client.connection);
  return (
    <span class={`connection ${name.replace(' ', '-')}`} role="status">
      <span class="visually-hidden">Connection: </span>
      {WORDS[name]}
    </span>
  );
}
