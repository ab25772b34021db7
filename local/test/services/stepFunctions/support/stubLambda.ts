import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../../ground/clock/clock.ts';
import type { Invocation, Lambda } from '../../../../services/lambda/lambda.ts';

/** What a stub function does with the JSON text that it gets; it answers JSON text, or throws a FunctionError. */
export type StubFunction = (payload: string) => string | Promise<string>;

/** The error document of a function that failed. */
export class FunctionError extends Error {
  readonly document: string;
  constructor(document: object) {
    super('the stub function fails');
    this.document = JSON.stringify(document);
  }
}

export type StubLambda = Lambda & {
  /** A function that is always free or, with a `turn`, from then on. */
  readonly add: (name: string, run: StubFunction, turn?: Promise<void>) => void;
  /** Name and payload of every invocation so far. */
  readonly invocations: { readonly name: string; readonly payload: string }[];
  /** Resolves in the cloud's time, when the clock is put forward. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** When the next sleeper wakes; Infinity when nobody sleeps. */
  readonly nextWake: () => number;
  readonly wake: () => void;
};

/** A Lambda of functions in memory, known by name and by ARN. */
export function createStubLambda(clock: Clock): StubLambda {
  const functions = new Map<
    string,
    { readonly run: StubFunction; readonly turn: Promise<void> | undefined }
  >();
  const invocations: { name: string; payload: string }[] = [];
  let sleepers: { readonly due: number; readonly resolve: () => void }[] = [];
  const nameOf = (nameOrArn: string) => nameOrArn.split(':').at(-1) ?? nameOrArn;

  async function invoke(nameOrArn: string, payload: string, onBegin?: () => void): Promise<Invocation> {
    const name = nameOf(nameOrArn);
    invocations.push({ name, payload });
    const requestId = randomUUID();
    const { run, turn } = functions.get(name) ?? {};
    if (turn !== undefined) await turn;
    onBegin?.();
    try {
      return { payload: (await run?.(payload)) ?? 'null', functionError: null, requestId };
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return { payload: error.document, functionError: 'Unhandled', requestId };
    }
  }

  return {
    add: (name, run, turn) => void functions.set(name, { run, turn }),
    invocations,
    sleep: (milliseconds) =>
      new Promise((resolve) => void sleepers.push({ due: clock.now() + milliseconds, resolve })),
    nextWake: () => Math.min(...sleepers.map(({ due }) => due)),
    wake: () => {
      const awake = sleepers.filter(({ due }) => due <= clock.now());
      sleepers = sleepers.filter(({ due }) => due > clock.now());
      for (const { resolve } of awake) resolve();
    },
    define: () => {},
    configureAsync: () => {},
    exists: (nameOrArn) => functions.has(nameOf(nameOrArn)),
    invoke,
    invokeLater: (nameOrArn, payload) => void invoke(nameOrArn, payload),
    start: () => {},
    stop: async () => {},
    handle: () => ({ status: 404, headers: {}, body: '' }),
  };
}
