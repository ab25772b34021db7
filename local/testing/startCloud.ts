import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REGION } from '../ground/account.ts';
import { type Controls, createControls } from './controls.ts';
import { type Credentials, credentialsIn } from './credentialsIn.ts';
import { sign } from './sign.ts';
import { type CloudProcess, startProcess } from './startProcess.ts';

export type StartOptions = {
  /** The folder of the app's cdk.json; the working directory by default. */
  readonly app?: string;
  /** Runs this cloud assembly instead of the app. */
  readonly assembly?: string;
  /** More flags of the command line, such as `-c` and `limit=3`. */
  readonly flags?: readonly string[];
  /** What Node runs: options of its own, and a program that takes the flags of `local-cloud`, which is the default. */
  readonly program?: readonly string[];
  /** Opens the clock and the faults; true by default. */
  readonly testControls?: boolean;
};

/** The outputs of a stack, by their names. */
export type Outputs = Readonly<Record<string, string>>;

/** A local cloud in a process and a data folder of its own, as a user has it. */
export type TestCloud = Controls & {
  /** Its data folder. */
  readonly data: string;
  /** The outputs of the first stack. */
  readonly outputs: () => Outputs;
  /** Where AWS SDKs go, such as `http://127.0.0.1:4000`. */
  readonly endpoint: () => string;
  /** The administrator's. */
  readonly credentials: () => Credentials;
  /** What the constructor of an AWS SDK's client needs. */
  readonly client: () => {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: Credentials;
    readonly maxAttempts: number;
  };
  /** Sends a request with the administrator's signature for a service, such as `states`. */
  readonly fetchSigned: (request: SignedFetch) => Promise<Response>;
  readonly pid: () => number;
  /** Everything that the process and its predecessors have printed. */
  readonly printed: () => string;
  /** Resolves with the first match in what was printed and not waited for yet; rejects when the process ends before. */
  readonly until: (line: RegExp) => Promise<string>;
  /** Starts the process again on the same folder and port; resolves when it serves. Options replace those of the first start. */
  readonly start: (changes?: StartOptions) => Promise<void>;
  /** Sends a signal; resolves with the exit code when the process has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Resolves when the process has ended by itself. */
  readonly ended: () => Promise<void>;
  /** Ends the process and removes its folder; `await using` calls it at the end of a block. */
  readonly remove: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export type SignedFetch = {
  readonly path: string;
  readonly service?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

const PROGRAM = [join(import.meta.dirname, '../cli/bin.js')];

/** Starts a local cloud on a free port; resolves when it serves. Rejects with StartFailed when it ends instead. */
export async function startCloud(options: StartOptions = {}): Promise<TestCloud> {
  const data = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  let child: CloudProcess | null = null;
  let earlier = '';
  const running = (): CloudProcess => {
    if (child === null) throw new Error('The cloud has not started.');
    return child;
  };
  const endpoint = () => `http://127.0.0.1:${running().port}`;
  const credentials = () => credentialsIn(data);
  const fetchSigned: TestCloud['fetchSigned'] = async ({ path, service = 'execute-api', ...request }) => {
    const { method = 'POST', body = '' } = request;
    const url = endpoint() + path;
    const { host: _, ...headers } = await sign({ ...request, url, service, credentials: credentials() });
    return fetch(url, { method, headers, ...(body === '' ? {} : { body }) });
  };
  const start: TestCloud['start'] = async (changes = {}) => {
    const port = child?.port ?? 0;
    earlier += child?.printed() ?? '';
    child = await startProcess(wordsOf({ ...options, ...changes }, { port, data }), options.app);
  };
  const remove = async () => {
    await child?.end('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    ...createControls(fetchSigned),
    data,
    outputs: () => firstStackOf(data),
    endpoint,
    credentials,
    client: () => ({ endpoint: endpoint(), region: REGION, credentials: credentials(), maxAttempts: 1 }),
    fetchSigned,
    pid: () => running().pid,
    printed: () => earlier + running().printed(),
    until: (line) => running().until(line),
    start,
    end: (signal) => running().end(signal),
    ended: async () => void (await running().ended),
    remove,
    [Symbol.asyncDispose]: remove,
  };
}

type Place = { readonly port: number; readonly data: string };

function wordsOf(options: StartOptions, { port, data }: Place): readonly string[] {
  const { assembly, flags = [], program = PROGRAM, testControls = true } = options;
  return [
    ...program,
    '--port',
    String(port),
    '--data',
    data,
    ...(testControls ? ['--test-controls'] : []),
    ...(assembly === undefined ? [] : ['--assembly', assembly]),
    ...flags,
  ];
}

function firstStackOf(data: string): Outputs {
  const stacks: Record<string, Outputs> = JSON.parse(readFileSync(join(data, 'outputs.json'), 'utf8'));
  const [first] = Object.values(stacks);
  if (first === undefined) throw new Error('outputs.json names no stack.');
  return first;
}
