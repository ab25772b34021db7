// What is left of the function's time when the signal aborts: enough to stop, to log and to answer.
const SPARE_MS = 2000;
const NO_LIMIT_MS = 15 * 60_000; // Lambda's own; for a call without Lambda's context, as in a test

type Remaining = { readonly getRemainingTimeInMillis: () => number };

const hasRemaining = (context: unknown): context is Remaining =>
  typeof context === 'object' &&
  context !== null &&
  'getRemainingTimeInMillis' in context &&
  typeof context.getRemainingTimeInMillis === 'function';

/** A signal that aborts shortly before Lambda would end the function. `clear` when the step has ended. */
export function workSignal(context: unknown): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const left = hasRemaining(context) ? context.getRemainingTimeInMillis() : NO_LIMIT_MS;
  const outOfTime = () => controller.abort(new DOMException('This step ran out of time.', 'TimeoutError'));
  const timer = setTimeout(outOfTime, Math.max(left - SPARE_MS, 0));
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
