import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** What outputs.json says of a deployment; the same names that the local cloud writes. */
export type Outputs = Readonly<Record<string, string>>;

/** A mistake of the person at the terminal. The message is one sentence that says what to do. */
export class BadCommand extends Error {
  readonly type = 'BadCommand';
}

const NEEDED = ['GraphQLUrl', 'RealtimeUrl', 'StateMachineArn', 'BucketName'];

/** The outputs of the Countersign stack in a file that a deployment wrote. */
export function readOutputs(file: string): Outputs {
  if (!existsSync(file))
    throw new BadCommand(`${file} does not exist: npm run deploy writes it, or name another file.`);
  const outputs = stackIn(parseFile(file));
  const missing = NEEDED.find((name) => typeof outputs[name] !== 'string');
  if (missing !== undefined)
    throw new BadCommand(`${file} has no ${missing}: it is not the file that npm run deploy wrote.`);
  return outputs;
}

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
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new BadCommand(`${file} is not valid JSON.`, { cause });
  }
}

function stackIn(value: unknown): Outputs {
  if (typeof value !== 'object' || value === null) return {};
  const stack: unknown = Object.entries(value).find(([name]) => /^Countersign(-[a-z0-9]+)?$/.test(name))?.[1];
  return typeof stack === 'object' && stack !== null ? Object.fromEntries(Object.entries(stack)) : {};
}
