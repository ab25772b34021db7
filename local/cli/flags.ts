import { Refusal } from '../ground/refusal.ts';
import { parseArgs } from 'node:util';
import { parsePeople, type Person } from '../cloud/people/person.ts';

export type Flags = {
  readonly port: number;
  readonly data: string;
  /** A folder that cdk synth wrote; null for the app itself. */
  readonly assembly: string | null;
  readonly testControls: boolean;
  readonly people: readonly Person[];
  readonly help: boolean;
};

/** A flag that cannot be used; the message says which are allowed. */
export class BadFlag extends Refusal {
  override readonly type = 'BadFlag';
}

const DEFAULT_PORT = 4000;
const DEFAULT_DATA = '.countersign';
const MAX_PORT = 65_535;

export const HELP = `Countersign's local cloud

Usage: npm start -- [--port N] [--data DIR] [--assembly DIR] [--people NAMES] [--test-controls]

  --port N          where to listen, on loopback only (default ${DEFAULT_PORT}; 0 takes a free port)
  --data DIR        where everything is kept (default ${DEFAULT_DATA})
  --assembly DIR    run the stacks of this cloud assembly instead of the app (what cdk synth writes)
  --people NAMES    let these people sign in at an issuer of this cloud's own, such as Ada,Grace:approvers
  --test-controls   open /_local/clock and /_local/faults, for tests
  --help            this text`;

const OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string' },
  assembly: { type: 'string' },
  'test-controls': { type: 'boolean' },
  people: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; throws BadFlag with one sentence. */
export function parseFlags(words: readonly string[]): Flags {
  const { values, tokens } = parseArgs({ args: [...words], options: OPTIONS, strict: false, tokens: true });
  for (const token of tokens) refuseToken(token);
  return {
    port: parsePort(values.port),
    data: parseFolder('--data', values.data) ?? DEFAULT_DATA,
    assembly: parseFolder('--assembly', values.assembly),
    testControls: values['test-controls'] === true,
    people: parsePeopleFlag(values.people),
    help: values.help === true,
  };
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function refuseToken(token: Token): void {
  if (token.kind === 'positional') throw unknownWord(token.value);
  if (token.kind !== 'option') return;
  const { name, rawName, value, inlineValue } = token;
  const option = Object.entries(OPTIONS).find(([known]) => known === name)?.[1];
  if (option === undefined) throw unknownWord(rawName);
  if (option.type === 'boolean') {
    if (value !== undefined) throw new BadFlag(`${rawName} takes no value, so '${value}' is one too many.`);
  } else if (value === undefined || (!inlineValue && value.startsWith('-'))) {
    const found = value === undefined ? '' : `; one that begins with a dash is written ${rawName}=${value}`;
    throw new BadFlag(`${rawName} needs a value${found}.`);
  }
}

function unknownWord(word: string): BadFlag {
  return new BadFlag(
    `There is no flag '${word}': the flags are --port N, --data DIR, --assembly DIR, --people NAMES, --test-controls and --help.`,
  );
}

function parsePort(text: string | boolean | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(String(text)) ? Number(text) : NaN;
  if (port <= MAX_PORT) return port;
  throw new BadFlag(`--port takes a whole number from 0 to ${MAX_PORT}, not '${text}'.`);
}

function parsePeopleFlag(text: string | boolean | undefined): readonly Person[] {
  if (typeof text !== 'string') return [];
  const people = parsePeople(text);
  if (typeof people === 'string') throw new BadFlag(people);
  return people;
}

function parseFolder(flag: string, text: string | boolean | undefined): string | null {
  if (typeof text !== 'string') return null;
  if (text !== '') return text;
  throw new BadFlag(`${flag} takes a folder, and its value is empty.`);
}
