import { useObservable } from '../../observable.ts';
import type { Notices } from './createNotices.ts';

/** Turns the browser's notifications on and off. */
export function NoticesSwitch({ notices }: { readonly notices: Notices }) {
  const state = useObservable(notices);
  if (state === 'refused') {
    return (
      <p class="notices hint">
        This browser does not let the page notify you. Your team can get mail or a chat message instead.
      </p>
    );
  }
  return (
    <p class="notices">
      <button type="button" onClick={() => void (state === 'on' ? notices.turnOff() : notices.turnOn())}>
        {state === 'on' ? 'Stop notifying me' : 'Notify me when an order waits'}
      </button>{' '}
      <span class="hint">While this page is open in the background.</span>
    </p>
  );
}
