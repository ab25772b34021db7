import { useEffect, useState } from 'react';

/** What a hook follows; the last two fields are drawn until there is something else to draw. */
export type Following<View> = {
  readonly follow: (show: (view: View) => void, signal: AbortSignal) => Promise<void>;
  readonly loading: View;
  readonly failed: (last: View, error: Error) => View;
};

/** Follows while the component is there; begins anew when one of the keys changes. */
export function useFollowing<View>(
  keys: readonly unknown[],
  { follow, loading, failed }: Following<View>,
): View {
  const [shown, setShown] = useState({ keys, view: loading });
  useEffect(() => {
    const stopping = new AbortController();
    let last = loading;
    const show = (view: View) => {
      if (stopping.signal.aborted) return;
      last = view;
      setShown({ keys, view });
    };
    show(loading);
    follow(show, stopping.signal).catch((error: unknown) => {
      show(failed(last, error instanceof Error ? error : new Error(String(error))));
    });
    return () => stopping.abort();
    // The functions are made anew for every drawing; the keys say what is followed.
  }, keys);
  const isCurrent = shown.keys.every((key, index) => key === keys[index]);
  return isCurrent ? shown.view : loading;
}
