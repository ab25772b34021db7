import type { OrderStatusEvent } from '../../../client/countersign.ts';
import { createChangeable, type Observable } from '../../observable.ts';
import type { ServerClock } from '../../serverClock.ts';
import { lasting } from '../storage.ts';
import { exactTime } from '../time.ts';

/** `refused`: the browser does not let this page show notifications, or has none. */
export type NoticesState = 'on' | 'off' | 'refused';

/** Notifications of the browser while the page is open in the background. */
export type Notices = Observable<NoticesState> & {
  /** Asks the person for permission where there is none yet. */
  readonly turnOn: () => Promise<void>;
  readonly turnOff: () => void;
  /** Shows an order that pauses or a reminder, unless the page is in sight. */
  readonly show: (event: OrderStatusEvent) => void;
};

const KEPT = 'notices';
/** A page that connects anew hears of what waits already: that is not news. */
const MAX_AGE_MILLISECONDS = 60_000;

export function createNotices(clock: ServerClock): Notices {
  const state = createChangeable<NoticesState>(firstState());
  return {
    ...state,
    turnOn: async () => {
      const isGranted = (await Notification.requestPermission()) === 'granted';
      if (isGranted) lasting.write(KEPT, 'on');
      state.change(isGranted ? 'on' : 'refused');
    },
    turnOff: () => {
      lasting.write(KEPT, null);
      state.change('off');
    },
    show: ({ orderId, status, at, deadline, reminder }) => {
      const isNew = clock.now() - Date.parse(at) < MAX_AGE_MILLISECONDS;
      if (status !== 'PAUSED' || state.current() !== 'on' || !document.hidden || !isNew) return;
      const title = (reminder ?? 0) === 0 ? 'An order waits for a decision' : 'An order still waits';
      const until = deadline === null ? '' : `, until ${exactTime(deadline)}`;
      // The details stay on the page: a notification is seen by people who pass by, and on locked screens.
      const notice = new Notification(title, { body: `Order ${orderId}${until}`, tag: orderId });
      notice.addEventListener('click', () => {
        window.focus();
        location.hash = `#/orders/${orderId}`;
        notice.close();
      });
    },
  };
}

function firstState(): NoticesState {
  if (!('Notification' in globalThis) || Notification.permission === 'denied') return 'refused';
  return lasting.read(KEPT) === 'on' && Notification.permission === 'granted' ? 'on' : 'off';
}
