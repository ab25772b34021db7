import type { Reader } from './readers.ts';

export type Tags = Readonly<Record<string, string>>;

const MAX_TAGS = 40; // AWS takes 50 on a resource; some services add their own
const KEY = /^(?!aws:)[\w.:/=+ -]{1,128}$/i; // AppSync refuses @ in it, where other services take it
const VALUE = /^(?!aws:)[\w.:/=+@ -]{1,256}$/i; // CloudFormation refuses a stack with an empty one

/** Tags for every resource: an object in cdk.json, `team=orders,env=prod` on the command line. */
export const tags: Reader<Tags> = {
  allowed: `up to ${MAX_TAGS} pairs such as team=orders,env=prod (an object in cdk.json), of letters, digits, spaces and _.:/=+@- (a name without @); none is empty or begins with "aws:"`,
  read: (value) => {
    const pairs = pairsOf(value);
    const isAllowed = pairs?.every(([key, tag]) => KEY.test(key) && VALUE.test(tag)) ?? false;
    const tagsByKey = new Map(pairs);
    if (!isAllowed || tagsByKey.size !== pairs?.length || tagsByKey.size > MAX_TAGS) return undefined;
    return Object.fromEntries(tagsByKey);
  },
};

type Pair = readonly [key: string, tag: string];

/** Null: not pairs at all. */
function pairsOf(value: unknown): readonly Pair[] | null {
  const parts = typeof value === 'string' ? value.split(',').map(splitPair) : entriesOf(value);
  const pairs = parts.flatMap(([key, tag]): Pair[] => (typeof tag === 'string' ? [[key, tag]] : []));
  return isObjectOrText(value) && pairs.length === parts.length ? pairs : null;
}

const isObjectOrText = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value));

const entriesOf = (value: unknown): [string, unknown][] => Object.entries(Object(value));

function splitPair(pair: string): [string, unknown] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, undefined] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}
