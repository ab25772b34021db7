import { parseArgs } from 'node:util';
import { BadCommand } from './outputs.ts';

export type Words<Option extends string> = {
  readonly options: Readonly<Partial<Record<Option, string>>>;
  readonly positionals: readonly string[];
};

/** Reads the words of a command whose options all have a value; an unknown option is the person's mistake. */
export function parseWords<const Option extends string>(
  words: readonly string[],
  names: readonly Option[],
): Words<Option> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }] as const));
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const given = names.flatMap((name) => {
      const value = values[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    // Only names of `names` are in it, each with a text.
    return { options: Object.fromEntries(given) as Partial<Record<Option, string>>, positionals };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new BadCommand(`${cause.message.replace(/\.? To specify.*$/s, '').replace(/\.$/, '')}.`, { cause });
  }
}
