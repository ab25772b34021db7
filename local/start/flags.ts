import { parseArgs } from 'node:util';

export type Flags = {
  readonly port: number;
  readonly data: string;
  /** A folder that cdk synth wrote; null for the app itself. */
  readonly assembly: string | null;
  readonly testControls: boolean;
  readonly help: boolean;
};

/** A flag that cannot be used; the message says which are allowed. */
export class BadFlag extends Error {
  readonly type = 'BadFlag';
}

const DEFAULT_PORT = 4000;
const LARGEST_PORT = 65_535;

export const HELP = `Countersign's local cloud

Usage: npm start -- [--port N] [--data DIR] [--assembly DIR] [--test-controls]

  --port N          where to listen, on loopback only (default ${DEFAULT_PORT}; 0 takes a free port)
  --data DIR        where everything is kept (default .countersign)
  --assembly DIR    run the stacks of this cloud assembly instead of the app (what cdk synth writes)
  --test-controls   open /_local/clock and /_local/faults, for tests
  --help            this text`;

/** Reads the command line; throws BadFlag with one sentence. */
export function parseFlags(words: readonly string[]): Flags {
  const values = readWords(words);
  return {
    port: parsePort(values.port),
    data: values.data === undefined ? '.countersign' : parseFolder('--data', values.data),
    assembly: values.assembly === undefined ? null : parseFolder('--assembly', values.assembly),
    testControls: values['test-controls'] ?? false,
    help: values.help ?? false,
  };
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        assembly: { type: 'string' },
        'test-controls': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const [reason] = cause instanceof Error ? cause.message.split(/(?<=[^.])\. |\n/) : ['It cannot be read'];
    throw new BadFlag(
      `${reason}. The flags are --port N, --data DIR, --assembly DIR, --test-controls and --help.`,
      {
        cause,
      },
    );
  }
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= LARGEST_PORT) return port;
  throw new BadFlag(`--port takes a whole number from 0 to ${LARGEST_PORT}, not '${text}'.`);
}

function parseFolder(flag: string, text: string): string {
  if (text !== '') return text;
  throw new BadFlag(`${flag} takes a folder, and its value is empty.`);
}
