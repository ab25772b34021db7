import { BlockList, isIP } from 'node:net';

type Matcher = (argument: unknown, value: unknown) => boolean;

/** EventBridge's comparison operators (its guide to content filtering), by their names in a pattern. */
const OPERATORS: Readonly<Record<string, Matcher>> = {
  prefix: (argument, value) => textual(argument, value, (text, part) => text.startsWith(part)),
  suffix: (argument, value) => textual(argument, value, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (argument, value) =>
    typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase(),
  wildcard: (argument, value) => typeof value === 'string' && wildcard(String(argument)).test(value),
  exists: (argument, value) => (value !== undefined) === argument,
  'anything-but': (argument, value) => value !== undefined && !anyOf(argument, value),
  numeric: (argument, value) =>
    typeof value === 'number' && Array.isArray(argument) && numeric(argument, value),
  cidr: (argument, value) =>
    typeof value === 'string' && isIP(value) !== 0 && inRange(String(argument), value),
};

/** Whether one value of an event meets one condition of a pattern. Throws RangeError for an unknown operator. */
export function matchesCondition(condition: unknown, value: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return condition === value;
  return Object.entries(condition).every(([name, argument]) => {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (operator === undefined) throw new RangeError(`There is no operator ${name}.`);
    return operator(argument, value);
  });
}

function textual(argument: unknown, value: unknown, test: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (typeof argument === 'string') return test(value, argument);
  const ignored = typeof argument === 'object' && argument !== null && 'equals-ignore-case' in argument;
  return ignored && test(value.toLowerCase(), String(argument['equals-ignore-case']).toLowerCase());
}

function anyOf(argument: unknown, value: unknown): boolean {
  if (Array.isArray(argument)) return argument.some((one) => anyOf(one, value));
  if (typeof argument !== 'object' || argument === null) return argument === value;
  return Object.entries(argument).some(([name, inner]) =>
    (Array.isArray(inner) ? inner : [inner]).some((one) => matchesCondition({ [name]: one }, value)),
  );
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split(/(?<!\\)\*+/).map((part) => part.replaceAll(String.raw`\*`, '*'));
  return new RegExp(
    `^${parts.map((part) => part.replaceAll(/[.+?^${}()|[\]\\*]/g, String.raw`\$&`)).join('[^]*')}$`,
  );
}

function numeric(tests: readonly unknown[], value: number): boolean {
  for (let index = 0; index < tests.length; index += 2) {
    const compare = Object.hasOwn(COMPARISONS, String(tests[index]))
      ? COMPARISONS[String(tests[index])]
      : undefined;
    if (compare === undefined)
      throw new RangeError(`There is no numeric comparison ${String(tests[index])}.`);
    if (!compare(value, Number(tests[index + 1]))) return false;
  }
  return true;
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function inRange(range: string, address: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const kind = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(bits), kind);
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
