import { isJson } from '../../../ground/json.ts';
import { Unsupported } from '../../../ground/refusal.ts';
import { type RuleDefinition, type TargetInput, timeText } from '../events.ts';
import { parseInputTemplate } from './inputTemplate.ts';
import { parseJsonPath, type ReadPath } from './jsonPath.ts';

/** What a target gets of an event, both as JSON text; `ingested` is when the bus got it. Null: nothing, as it would be no JSON. */
export type MakeInput = (event: string, ingested: number) => string | null;

const MAX_CHARACTERS = 8192;
const MAX_PATHS = 100;

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
  checkSize({ name, what: 'an Input', text });
  if (isJson(text)) return () => text;
  throw new Unsupported(`The rule ${name} has a target whose Input is not valid JSON: ${text.slice(0, 80)}`);
}

function compileTemplate(
  { paths, template }: Extract<TargetInput, { readonly kind: 'template' }>,
  rule: RuleName,
): MakeInput {
  checkSize({ name: rule.name, what: 'an InputTemplate', text: template });
  checkPaths(Object.keys(paths), rule);
  const { variables, fill } = parseInputTemplate(template);
  const readers = new Map(Object.entries(paths).map(([name, path]) => [name, pathOf(path, rule)]));
  const unknown = variables.find((name) => !readers.has(name) && !PREDEFINED.has(name));
  if (unknown !== undefined) {
    throw new Unsupported(
      `The rule ${rule.name} has an InputTemplate with <${unknown}>, which its InputPathsMap does not declare.`,
    );
  }
  if (!isJson(fill(() => ''))) {
    throw new Unsupported(`The rule ${rule.name} has an InputTemplate that does not make JSON: ${template}`);
  }
  return (text, ingested) => {
    const event: Readonly<Record<string, unknown>> = JSON.parse(text);
    const input = fill((name) => {
      const read = readers.get(name);
      return read === undefined ? PREDEFINED.get(name)?.(rule, { event, ingested }) : read(event);
    });
    return isJson(input) ? input : null;
  };
}

type Sized = { readonly name: string; readonly what: string; readonly text: string };

function checkSize({ name, what, text }: Sized): void {
  if (text.length <= MAX_CHARACTERS) return;
  throw new Unsupported(
    `The rule ${name} has ${what} of ${text.length} characters: EventBridge takes ${MAX_CHARACTERS}.`,
  );
}

function checkPaths(names: readonly string[], rule: RuleName): void {
  if (names.length > MAX_PATHS) {
    throw new Unsupported(
      `The rule ${rule.name} has an InputPathsMap of ${names.length} paths: EventBridge takes ${MAX_PATHS}.`,
    );
  }
  const reserved = names.find((name) => /^aws/i.test(name));
  if (reserved === undefined) return;
  throw new Unsupported(
    `The rule ${rule.name} has an InputPathsMap with ${reserved}: names that begin with aws are reserved.`,
  );
}

type Ingested = { readonly event: Readonly<Record<string, unknown>>; readonly ingested: number };

const PREDEFINED = new Map<string, (rule: RuleName, of: Ingested) => unknown>([
  ['aws.events.rule-arn', ({ arn }) => arn],
  ['aws.events.rule-name', ({ name }) => name],
  ['aws.events.event.ingestion-time', (_, { ingested }) => timeText(ingested)],
  ['aws.events.event', (_, { event }) => headOf(event)],
  ['aws.events.event.json', (_, { event }) => event],
]);

/** The event without its detail. AWS spells the type's key otherwise here than in the event itself. */
function headOf(event: Readonly<Record<string, unknown>>): unknown {
  const { version, id, 'detail-type': detailType, source, account, time, region, resources } = event;
  return { version, id, detailType, source, account, time, region, resources };
}

function pathOf(path: string, { name }: RuleName): ReadPath {
  const read = parseJsonPath(path);
  if (read !== null) return read;
  throw new Unsupported(
    `The rule ${name} has the path ${path}: EventBridge takes members, list positions and [*], such as $.detail.items[0].`,
  );
}
