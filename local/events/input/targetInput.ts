import { Unsupported } from '../../assembly/errors.ts';
import type { RuleDefinition, TargetInput } from '../events.ts';
import { parseInputTemplate } from './inputTemplate.ts';
import { parseJsonPath, type ReadPath } from './jsonPath.ts';

/** What a target gets of an event, both as JSON text. */
export type MakeInput = (event: string) => string;

type RuleName = Pick<RuleDefinition, 'name' | 'arn'>;

/** Throws Unsupported for what EventBridge would refuse. */
export function compileInput(input: TargetInput, rule: RuleName): MakeInput {
  if (input.kind === 'event') return (event) => event;
  if (input.kind === 'constant') return compileConstant(input.text, rule);
  if (input.kind === 'template') return compileTemplate(input, rule);
  const read = pathOf(input.path, rule);
  return (event) => JSON.stringify(read(JSON.parse(event)) ?? null);
}

function compileConstant(text: string, { name }: RuleName): MakeInput {
  if (isJson(text)) return () => text;
  throw new Unsupported(`The rule ${name} has a target whose Input is no JSON: ${text.slice(0, 80)}`);
}

function compileTemplate(
  { paths, template }: Extract<TargetInput, { readonly kind: 'template' }>,
  rule: RuleName,
): MakeInput {
  const { variables, fill } = parseInputTemplate(template);
  const readers = new Map(Object.entries(paths).map(([name, path]) => [name, pathOf(path, rule)]));
  const unknown = variables.find((name) => !readers.has(name) && !PREDEFINED.has(name));
  if (unknown !== undefined) {
    throw new Unsupported(
      `The rule ${rule.name} has an InputTemplate with <${unknown}>, which its InputPathsMap does not declare.`,
    );
  }
  if (!isJson(fill(() => ''))) {
    throw new Unsupported(`The rule ${rule.name} has an InputTemplate that makes no JSON: ${template}`);
  }
  return (text) => {
    const event: Readonly<Record<string, unknown>> = JSON.parse(text);
    return fill((name) => (readers.get(name) ?? PREDEFINED.get(name)?.(rule))?.(event));
  };
}

const PREDEFINED = new Map<string, (rule: RuleName) => ReadPath>([
  [
    'aws.events.rule-arn',
    ({ arn }) =>
      () =>
        arn,
  ],
  [
    'aws.events.rule-name',
    ({ name }) =>
      () =>
        name,
  ],
  ['aws.events.event.ingestion-time', () => (event) => member(event, 'time')],
  ['aws.events.event', () => (event) => ({ ...Object(event), detail: undefined })],
  ['aws.events.event.json', () => (event) => event],
]);

function member(event: unknown, name: string): unknown {
  return typeof event === 'object' && event !== null ? Reflect.get(event, name) : undefined;
}

function pathOf(path: string, { name }: RuleName): ReadPath {
  const read = parseJsonPath(path);
  if (read !== null) return read;
  throw new Unsupported(
    `The rule ${name} has the path ${path}: EventBridge takes members, list positions and [*], such as $.detail.items[0].`,
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
