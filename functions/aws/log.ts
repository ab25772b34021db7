import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { fieldsOf } from '../order/fields.ts';
import { isOrderId } from '../order/orderId.ts';

type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** What every line of one invocation names. */
export type Subject = {
  readonly orderId: string | null;
  /** Lambda's request id, which its own lines carry as well. */
  readonly correlationId: string;
};

const subjects = new AsyncLocalStorage<Subject>();

/** The invocation that runs now. */
export const subject = (): Subject => subjects.getStore() ?? { orderId: null, correlationId: randomUUID() };

/** Runs an invocation, so that each line and metric of it names its order. `orderId` may be anything that a caller sent. */
export function logging<T>(
  { orderId, context }: { readonly orderId: unknown; readonly context: unknown },
  run: () => T,
): T {
  const correlationId = requestIdOf(context) ?? randomUUID();
  return subjects.run({ orderId: isOrderId(orderId) ? orderId : null, correlationId }, run);
}

/** One line of JSON. Never hand it a task token, a key, or what users wrote. */
export function log(message: string, facts: Facts = {}): void {
  console.error(JSON.stringify({ message, ...subject(), ...facts }));
}

/** What is known of an error without its message, because messages quote what they refuse. */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: nameOf(error), ...codeOf(error), stack: frames.map((frame) => frame.trim()).join(' | ') };
}

const CODE = /^[A-Z][A-Z0-9_]{1,39}$/;

/** Such as ECONNREFUSED, which `fetch` leaves in the cause of its error. */
function codeOf(error: Error): Facts {
  const codes = [error, error.cause].map((each) =>
    each instanceof Error && 'code' in each ? each.code : null,
  );
  const code = codes.find((each) => typeof each === 'string' && CODE.test(each));
  return typeof code === 'string' ? { code } : {};
}

/** Of a class that only extends Error, `name` is Error's. */
function nameOf({ name, constructor }: Error): string {
  return name === 'Error' ? constructor.name : name;
}

/** From Lambda's context; null when a test or a script calls the handler. */
function requestIdOf(context: unknown): string | null {
  if (typeof context !== 'object' || context === null) return null;
  const id = fieldsOf(context, 'the context of Lambda').value('awsRequestId');
  return typeof id === 'string' ? id : null;
}
