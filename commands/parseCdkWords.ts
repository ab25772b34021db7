import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadSetting, parseSettings } from '../infra/settings.ts';
import { quote } from '../functions/order/quote.ts';
import { BadCommand } from './outputs.ts';
import { parseWords, type Option, type Words } from './parseWords.ts';

const ROOT = join(import.meta.dirname, '..');

export const VALUE: Option = { takes: 'a value' };
export const FLAG: Option = { takes: 'nothing' };

/** The options of every command that runs cdk. */
const COMMON = {
  context: { takes: 'a value', short: 'c', repeats: true },
  profile: VALUE,
  'role-arn': { takes: 'a value', short: 'r' },
  verbose: { takes: 'nothing', short: 'v' },
  ci: FLAG,
  'no-color': FLAG,
} as const satisfies Readonly<Record<string, Option>>;

/** What both cdk and the AWS SDK of the command itself read. */
const FOR_BOTH: Readonly<Record<string, string>> = { profile: 'AWS_PROFILE', region: 'AWS_REGION' };

export type CdkWords = {
  /** What the person chose, as `-c NAME=VALUE`. */
  readonly context: readonly string[];
  /** The options that cdk gets. */
  readonly forCdk: readonly string[];
  readonly given: Words<string>['given'];
};

type CdkGrammar = {
  readonly command: string;
  /** More options of this command of cdk. */
  readonly ofCdk: Readonly<Record<string, Option>>;
  /** Options that cdk does not know. */
  readonly own: Readonly<Record<string, Option>>;
  /** Settings of the command itself, which go before the person's. */
  readonly settings?: readonly string[];
};

/**
 * Reads the words of a command that runs cdk. The CLI of CDK ignores an option that it does not know, so that a word with
 * a typing error would change what is deployed; and some that it knows, such as `--app`, are the command's own business.
 */
export function parseCdkWords(
  words: readonly string[],
  { command, ofCdk, own, settings = [] }: CdkGrammar,
): CdkWords {
  const { given } = parseWords<string>(words, {
    command,
    options: { ...own, ...ofCdk, ...COMMON },
    others: { most: 0, are: 'options and settings (-c NAME=VALUE) only' },
  });
  const { context: chosen = [], ...others } = given;
  for (const pair of chosen)
    if (!/^[^=]+=/.test(pair)) throw new BadCommand(`-c must be NAME=VALUE; got ${quote(pair)}.`);
  const context = [...chosen, ...settings];
  checkSettings(context);
  const forCdk: string[] = [];
  for (const [name, [value = ''] = []] of Object.entries(others)) {
    const variable = FOR_BOTH[name];
    if (variable !== undefined) process.env[variable] = value;
    else if (!Object.hasOwn(own, name)) forCdk.push(value === '' ? `--${name}` : `--${name}=${value}`);
  }
  return { context: context.flatMap((pair) => ['-c', pair]), forCdk, given: others };
}

/** The settings in cdk.json. */
export function projectContext(): Readonly<Record<string, unknown>> {
  const file: { context: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(ROOT, 'cdk.json'), 'utf8'),
  );
  return file.context;
}

/** The synthesis refuses the same, in more words and later: for destroy, when the orders have ended. */
function checkSettings(context: readonly string[]): void {
  const chosen = context.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  try {
    parseSettings({ ...projectContext(), ...Object.fromEntries(chosen) }, Math.floor(Date.now() / 1000));
  } catch (cause) {
    if (!(cause instanceof BadSetting)) throw cause;
    throw new BadCommand(cause.message, { cause });
  }
}
