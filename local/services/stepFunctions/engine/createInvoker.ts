import type { Clock } from '../../../ground/clock/clock.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import type { Store } from '../../../ground/store/store.ts';
import type { Request, Thread } from './records/execution.ts';
import { invokeFunction, type Outcome } from './invokeFunction.ts';
import { revealToken, type TaskTokens, type TokenOwner } from './records/taskTokens.ts';

export type Attempt = TokenOwner & { readonly threadId: number };

/**
 * Invokes functions for attempts that are in the store. It does not wait for the disk: what a function writes here comes
 * after its attempt, and what it does elsewhere may happen twice, as after any crash while it runs.
 */
export type Invoker = {
  readonly invokeAfterChange: (executionId: number, thread: Thread) => void;
  /** Whether this process has invoked the thread's attempt, so that a start does not do it again. */
  readonly isInvoked: (executionId: number, thread: Thread) => boolean;
  /** When the thread's function began, or Infinity while it waits for its turn. Milliseconds since 1970. */
  readonly begunAt: (executionId: number, thread: Thread) => number;
  /** Resolves when no function runs for an execution, and none is about to. */
  readonly whenIdle: () => Promise<void>;
  /** The clock will be put forward: functions that began a moment ago shall not feel it. One that hangs does. */
  readonly grantTime: (milliseconds: number) => void;
  /** Answers that come later are not heard any more. */
  readonly stop: () => void;
};

export type InvokerDependencies = {
  readonly clock: Clock;
  readonly lambda: Lambda;
  readonly store: Store;
  readonly tokens: TaskTokens;
  readonly settle: (attempt: Attempt, outcome: Outcome) => void;
};

/** A function that has run longer hangs. */
const MOMENT_MILLISECONDS = 2000;

export function createInvoker({ clock, lambda, store, tokens, settle }: InvokerDependencies): Invoker {
  const invoked = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let isStopped = false;

  async function invoke(attempt: Attempt, request: Request): Promise<void> {
    if (isStopped) return;
    const payload = revealToken(request.payload, () => tokens.tokenOf(attempt));
    const onBegin = () => void invoked.set(keyOf(attempt), clock.now());
    const outcome = await invokeFunction(request, payload, { lambda, store, onBegin });
    if (!isStopped) settle(attempt, outcome);
    invoked.delete(keyOf(attempt)); // after it was settled: until then it is not one that a crash has cut
    if (invoked.size === 0) for (const resolve of waiting.splice(0)) resolve();
  }

  return {
    invokeAfterChange: (executionId, { id: threadId, generation, request }) => {
      if (request === undefined) return;
      const attempt = { executionId, threadId, generation };
      invoked.set(keyOf(attempt), Infinity);
      store.afterChange(() => void invoke(attempt, request));
    },
    isInvoked: (executionId, { generation }) => invoked.has(keyOf({ executionId, generation })),
    begunAt: (executionId, { generation }) => invoked.get(keyOf({ executionId, generation })) ?? Infinity,
    grantTime: (milliseconds) => {
      const justNow = clock.now() - MOMENT_MILLISECONDS;
      for (const [key, begun] of invoked) if (begun > justNow) invoked.set(key, begun + milliseconds);
    },
    whenIdle: () =>
      invoked.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    stop: () => {
      isStopped = true;
    },
  };
}

function keyOf({ executionId, generation }: TokenOwner): string {
  return `${executionId}/${generation}`;
}
