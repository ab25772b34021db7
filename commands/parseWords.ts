import { parseArgs } from 'node:util';
import { quote } from '../functions/order/quote.ts';
import { BadCommand } from './outputs.ts';

export type Option = {
  readonly takes: 'a value' | 'nothing';
  readonly short?: string;
  readonly oneOf?: readonly string[];
  /** Whether it may be given more than once. */
  readonly repeats?: boolean;
};

/** What may follow a command. */
export type Grammar<Name extends string> = {
  /** As a person types it, such as `npm run page`. */
  readonly command: string;
  readonly options: Readonly<Record<Name, Option>>;
  /** How many words without a dash it takes, and what they are. */
  readonly others: { readonly most: number; readonly are: string };
};

export type Words<Name extends string> = {
  /** The values of each option that was given; empty texts for one that takes nothing. */
  readonly given: Readonly<Partial<Record<Name, readonly string[]>>>;
  readonly others: readonly string[];
};

/** Reads the words of a command. What it does not know is the person's mistake, and is never passed on. */
export function parseWords<Name extends string>(
  words: readonly string[],
  grammar: Grammar<Name>,
): Words<Name> {
  const given: Partial<Record<Name, string[]>> = {};
  const others: string[] = [];
  for (const token of tokensOf(words, grammar)) {
    if (token.kind === 'positional') others.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    if (!isOption(name, grammar)) throw new BadCommand(unknown(rawName, grammar));
    const values = (given[name] ??= []);
    const option = grammar.options[name];
    values.push(valueOf(token, option));
    if (values.length > 1 && option.repeats !== true)
      throw new BadCommand(`${rawName} was given twice; ${grammar.command} takes it once.`);
  }
  const { most, are } = grammar.others;
  if (others.length > most)
    throw new BadCommand(`${grammar.command} takes ${are}; got ${others.map(quote).join(' ')}.`);
  return { given, others };
}

type Token = ReturnType<typeof tokensOf>[number];

function tokensOf<Name extends string>(words: readonly string[], { options }: Grammar<Name>) {
  const known = Object.entries<Option>(options).map(([name, { takes, short }]) => [
    name,
    { type: takes === 'a value' ? ('string' as const) : ('boolean' as const), ...(short && { short }) },
  ]);
  return parseArgs({
    args: [...words],
    options: Object.fromEntries(known),
    allowPositionals: true,
    strict: false,
    tokens: true,
  }).tokens;
}

function isOption<Name extends string>(name: string, { options }: Grammar<Name>): name is Name {
  return Object.hasOwn(options, name);
}

function valueOf(token: Extract<Token, { kind: 'option' }>, { takes, oneOf }: Option): string {
  const { rawName, value, inlineValue } = token;
  if (takes === 'nothing') {
    if (value !== undefined) throw new BadCommand(`${rawName} takes no value; got ${quote(value)}.`);
    return '';
  }
  if (value === undefined || value === '' || (inlineValue !== true && value.startsWith('-')))
    throw new BadCommand(`${rawName} needs a value${value === undefined ? '' : `; got ${quote(value)}`}.`);
  if (oneOf !== undefined && !oneOf.includes(value))
    throw new BadCommand(`${rawName} must be ${oneOf.join(' or ')}; got ${quote(value)}.`);
  return value;
}

function unknown<Name extends string>(rawName: string, { command, options }: Grammar<Name>): string {
  const names = Object.keys(options).map((name) => `--${name}`);
  return `There is no option ${rawName}; ${command} takes ${names.length === 0 ? 'none' : names.join(', ')}.`;
}
