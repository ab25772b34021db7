import { createLineReader } from './lineReader.ts';
import { openRealm, type Factory } from './openRealm.ts';

/**
 * The process in which handlers run. It has no environment, no rights and no state but compiled code. A line in is
 * `load`, number and source, or `run`, id, number, head and context, with tabs between; a line out is an id, a
 * tab and the outcome.
 */
const realm = openRealm();
const factories = new Map<string, Factory>();

const COMMANDS: Readonly<Record<string, (fields: readonly string[]) => void>> = {
  load: ([number = '', source = '']) => load(number, JSON.parse(source)),
  run: ([id = '', number = '', head = '', context = '']) => answer(id, run(number, head, context)),
};

function load(number: string, source: string): void {
  factories.delete(number);
  try {
    factories.set(number, realm.compile(source));
  } catch {
    // told when it is called: the check of the code has let pass what the engine does not take
  }
}

function run(number: string, head: string, context: string): string {
  const factory = factories.get(number);
  if (factory === undefined) return failed('The code could not be compiled.');
  try {
    return realm.run(factory, head, context);
  } catch {
    return failed('The handler left nothing that could be read.'); // the thrown thing is the handler's: not touched
  }
}

function failed(message: string): string {
  return JSON.stringify({ kind: 'failed', type: 'Code', message, logs: [] });
}

function answer(id: string, outcome: string): void {
  process.stdout.write(`${id}\t${outcome}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.stdin.setEncoding('utf8');
process.stdin.on(
  'data',
  createLineReader((line) => {
    const [command = '', ...fields] = line.split('\t');
    COMMANDS[command]?.(fields);
  }),
);
process.stdin.on('end', () => process.exit(0));
answer('ready', '');
