import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../ground/refusal.ts';
import { parsePeople, type Person } from '../cloud/people/person.ts';

export type Flags = {
  readonly port: number;
  readonly data: string;
  /** A folder that cdk synth wrote; null for the app itself. */
  readonly assembly: string | null;
  /** A folder of files to serve; null for the app's own. */
  readonly static: string | null;
  /** What `-c NAME=VALUE` gives to the app. */
  readonly context: Readonly<Record<string, string>>;
  /** A name or address beside localhost, such as a phone's way to this machine. */
  readonly host: string | null;
  readonly testControls: boolean;
  /** False: functions reach the cloud by the network alone. */
  readonly functionPorts: boolean;
  readonly people: readonly Person[];
  readonly help: boolean;
};

/** A flag that cannot be used; the message says which are allowed. */
export class BadFlag extends Refusal {
  override readonly type = 'BadFlag';
}

const DEFAULT_PORT = 4000;
const MAX_PORT = 65_535;

/** What the app chooses that is started: how it is named, and where its data lie. */
export type Defaults = {
  readonly name: string;
  readonly command: string;
  readonly data: string;
  /** Where the command was given: folders on the command line are found from here. */
  readonly from: string;
};

export function helpText({ name, command, data }: Defaults): string {
  return `${name}

Usage: ${command} [flags]

  --port N            where to listen, on loopback only (default ${DEFAULT_PORT}; 0 takes a free port)
  --data DIR          where everything is kept (default ${data})
  -c NAME=VALUE       a setting, as for the CDK CLI; may be given several times (also --context)
  --assembly DIR      run this cloud assembly, which cdk synth wrote, instead of the app of cdk.json
  --static DIR        serve the files of this folder
  --people NAMES      let these people sign in at an issuer of this cloud's own, such as Ada,Grace:approvers
  --host NAME         answer to this name or address too, from other machines: for a phone or a dev container
  --test-controls     open /_local/clock and /_local/faults, for tests
  --no-port           let functions send their requests by the network; by default those to this cloud go from
                      thread to thread, which takes less processor time
  --help              this text`;
}

const OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string' },
  assembly: { type: 'string' },
  static: { type: 'string' },
  context: { type: 'string', short: 'c', multiple: true },
  host: { type: 'string' },
  'test-controls': { type: 'boolean' },
  'no-port': { type: 'boolean' },
  people: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; throws BadFlag with one sentence. */
export function parseFlags(words: readonly string[], { command, data, from }: Defaults): Flags {
  const { values, tokens } = parseArgs({ args: [...words], options: OPTIONS, strict: false, tokens: true });
  for (const token of tokens) refuseToken(token, command);
  return {
    port: parsePort(values.port),
    data: parseFolder('--data', values.data, from) ?? data,
    assembly: parseFolder('--assembly', values.assembly, from),
    static: parseFolder('--static', values.static, from),
    context: parseContext(values.context, values.assembly !== undefined),
    host: parseHost(values.host),
    testControls: values['test-controls'] === true,
    functionPorts: values['no-port'] !== true,
    people: parsePeopleFlag(values.people),
    help: values.help === true,
  };
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; strict: false }>>['values'];

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function refuseToken(token: Token, command: string): void {
  if (token.kind === 'positional') throw unknownWord(token.value, command);
  if (token.kind !== 'option') return;
  const { name, rawName, value, inlineValue } = token;
  const option = Object.entries(OPTIONS).find(([known]) => known === name)?.[1];
  if (option === undefined) throw unknownWord(rawName, command);
  if (option.type === 'boolean') {
    if (value !== undefined) throw new BadFlag(`${rawName} takes no value; got '${value}'.`);
  } else if (value === undefined || (!inlineValue && value.startsWith('-'))) {
    const found = value === undefined ? '' : `; one that begins with a dash is written ${rawName}=${value}`;
    throw new BadFlag(`${rawName} needs a value${found}.`);
  }
}

function unknownWord(word: string, command: string): BadFlag {
  const hint = word.startsWith('-') ? '' : ` With npm, flags follow two dashes: ${command} --port N.`;
  return new BadFlag(`There is no flag '${word}': the flags are ${FLAG_NAMES}.${hint}`);
}

const FLAG_NAMES =
  '--port N, --data DIR, -c NAME=VALUE, --assembly DIR, --static DIR, --people NAMES, --host NAME, --test-controls, --no-port and --help';

function parsePort(text: string | boolean | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(String(text)) ? Number(text) : NaN;
  if (port <= MAX_PORT) return port;
  throw new BadFlag(`--port must be a whole number from 0 to ${MAX_PORT}; got '${text}'.`);
}

function parsePeopleFlag(text: string | boolean | undefined): readonly Person[] {
  if (typeof text !== 'string') return [];
  const people = parsePeople(text);
  if (typeof people === 'string') throw new BadFlag(people);
  return people;
}

function parseContext(values: Values['context'], hasAssembly: boolean): Flags['context'] {
  const given = (Array.isArray(values) ? values : []).map(String);
  if (hasAssembly && given.length > 0) {
    throw new BadFlag(
      `-c ${given[0]} has no effect with --assembly: that assembly has its settings already.`,
    );
  }
  return Object.fromEntries(given.map(parseSetting));
}

function parseSetting(text: string): readonly [name: string, value: string] {
  const mark = text.indexOf('=');
  if (mark > 0) return [text.slice(0, mark), text.slice(mark + 1)];
  throw new BadFlag(`-c must be NAME=VALUE, such as deadlineHours=48; got '${text}'.`);
}

const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:.]+\])$/;

function parseHost(text: string | boolean | undefined): string | null {
  if (typeof text !== 'string') return null;
  if (HOST.test(text)) return text.toLowerCase();
  throw new BadFlag(`--host must be one name or address without a port, such as 192.168.1.5; got '${text}'.`);
}

function parseFolder(flag: string, text: string | boolean | undefined, from: string): string | null {
  if (typeof text !== 'string') return null;
  if (text !== '') return resolve(from, text);
  throw new BadFlag(`${flag} must name a folder; its value is empty.`);
}
