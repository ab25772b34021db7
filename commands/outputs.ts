import { quote } from '../functions/order/quote.ts';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** What outputs.json says of a deployment; the same names that the local cloud writes. */
export type Outputs = Readonly<Record<string, string>>;

/** A mistake of the person at the terminal. The message is one sentence that says what to do. */
export class BadCommand extends Error {
  readonly type = 'BadCommand';
}

/** A deployed stack, as its outputs.json says. */
export type Deployment = { readonly stack: string; readonly outputs: Outputs };

const STATE_MACHINE = /^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:[\w-]+$/;

/** What every command needs, and how it looks. */
const NEEDED: Readonly<Record<string, (value: string) => boolean>> = {
  GraphQLUrl: isUrlOf('https:', 'http:'),
  RealtimeUrl: isUrlOf('wss:', 'ws:'),
  StateMachineArn: (value) => STATE_MACHINE.test(value),
  BucketName: (value) => value !== '',
};

function isUrlOf(...protocols: readonly string[]): (value: string) => boolean {
  return (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** The Countersign stack in a file that a deployment wrote. */
export function readDeployment(file: string): Deployment {
  if (!existsSync(file))
    throw new BadCommand(`${file} does not exist: npm run deploy writes it, or name another file.`);
  const deployment = stackIn(parseFile(file), file);
  for (const [name, isRight] of Object.entries(NEEDED)) {
    const value: unknown = deployment.outputs[name];
    if (typeof value !== 'string')
      throw new BadCommand(`${file} has no ${name}: it is not the file that npm run deploy wrote.`);
    if (!isRight(value))
      throw new BadCommand(
        `${name} in ${file} is ${quote(value)}: it is not the file that npm run deploy wrote.`,
      );
  }
  return deployment;
}

export const readOutputs = (file: string): Outputs => readDeployment(file).outputs;

/** AWS has no API without TLS. */
export const isLocal = ({ GraphQLUrl = '' }: Outputs): boolean => GraphQLUrl.startsWith('http:');

/** Adds the API key and keeps the file to its owner, as the local cloud does. */
export function writeOutputs(file: string, stacks: Readonly<Record<string, Outputs>>): void {
  rmSync(file, { force: true }); // the mode is for a new file alone
  writeFileSync(file, `${JSON.stringify(stacks, null, 2)}\n`, { mode: 0o600 });
}

/** The region in an ARN, such as `arn:aws:states:eu-central-1:…`. */
export function regionOf({ StateMachineArn = '' }: Outputs): string {
  return StateMachineArn.split(':')[3] ?? '';
}

function parseFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BadCommand(`${file} cannot be read (${String(cause)}).`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadCommand(`${file} is not valid JSON.`, { cause });
  }
}

function stackIn(value: unknown, file: string): Deployment {
  const stacks = Object.entries(Object(value)).filter(([name]) => /^Countersign(-[a-z0-9]+)?$/.test(name));
  const [[stack, outputs] = ['Countersign', {}], another] = stacks;
  if (another !== undefined)
    throw new BadCommand(
      `${file} has the outputs of ${stack} and ${another[0]}: name a file with one stack.`,
    );
  return { stack, outputs: Object.fromEntries(Object.entries(Object(outputs))) };
}
