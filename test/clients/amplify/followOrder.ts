import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Outputs } from '../../support/localCloud.ts';

type Told = ReturnType<typeof JSON.parse>;

export type Program = {
  /** The next thing that the program tells under this name; what it tells under others is passed over. */
  readonly next: (name: 'state' | 'event' | 'failure' | 'answer' | 'refused') => Promise<Told>;
  /** Waits until the connection has this state. */
  readonly until: (state: string) => Promise<void>;
  readonly say: (line: 'confirm' | 'unsubscribe') => void;
};

/** Runs Amplify in a process of its own, as a user's program has it, following one order. */
export function followOrder(
  outputs: Pick<Outputs, 'GraphQLUrl' | 'ApiKey'>,
  orderId: string,
  environment: Readonly<Record<string, string>>,
): Program {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'program.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      GRAPHQL_URL: outputs.GraphQLUrl,
      API_KEY: outputs.ApiKey,
      ORDER_ID: orderId,
      ...environment,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (name: string): Promise<Told> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`Amplify's program ended without telling its ${name}.`);
      const told: Told = JSON.parse(value);
      if (name in told) return told[name];
    }
  };
  return {
    next,
    until: async (state) => {
      while ((await next('state')) !== state);
    },
    say: (line) => child.stdin.write(`${line}\n`),
  };
}
