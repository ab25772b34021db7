import { isObject, type JsonObject } from '../../../ground/json.ts';
import type { ChoiceRule } from './definition.ts';
import { RULE_FIELDS } from './stateFields.ts';
import { readAssign, readNext, readOutput, refuseUnknownFields, type StateReader } from './stateReader.ts';
import { compileTemplate } from './template.ts';

type Place = { readonly reader: StateReader; readonly pointer: string };

export function parseRules(reader: StateReader): readonly ChoiceRule[] {
  const { fields, diagnostics, pointer } = reader;
  const rules = fields['Choices'];
  if (!Array.isArray(rules) || rules.length === 0) {
    if (rules === undefined) diagnostics.schema('These fields are required: [Choices]', pointer);
    else if (Array.isArray(rules)) diagnostics.schema('Value cannot be empty', `${pointer}/Choices`);
    else diagnostics.schema('Expected value of type Array', `${pointer}/Choices`);
    return [];
  }
  return rules.flatMap((rule: unknown, index): readonly ChoiceRule[] => {
    const place = { reader, pointer: `${pointer}/Choices[${index}]` };
    if (isObject(rule)) return [parseRule(rule, place, index)];
    diagnostics.schema('Expected value of type Object', place.pointer);
    return [];
  });
}

function parseRule(rule: JsonObject, place: Place, index: number): ChoiceRule {
  const { reader } = place;
  refuseUnknownFields(rule, RULE_FIELDS, place);
  if (rule['Condition'] === undefined) requireCondition(rule, place);
  else checkCondition(rule['Condition'], place);
  const within = { ...reader, fields: rule, prefix: `Choices[${index}]/` };
  const field = {
    location: `Choices[${index}]/Condition`,
    pointer: reader.pointer,
    language: reader.language,
  };
  return {
    condition: compileTemplate(rule['Condition'], field, reader),
    next: readNext(rule, place),
    assign: readAssign(within),
    output: readOutput(within),
  };
}

const SELECTORS = ['And', 'Or', 'Not', 'Variable', 'Condition'];

function requireCondition(rule: JsonObject, { reader, pointer }: Place): void {
  if (SELECTORS.some((name) => rule[name] !== undefined)) return;
  reader.diagnostics.schema(
    `The object must have only one of the following fields, [${SELECTORS.join(', ')}]`,
    pointer,
  );
}

function checkCondition(condition: unknown, { reader, pointer }: Place): void {
  if (typeof condition === 'boolean') return;
  if (typeof condition === 'string' && condition.startsWith('{%') && condition.endsWith('%}')) return;
  reader.diagnostics.schema('Expected a JSONata expression or a Boolean', `${pointer}/Condition`);
}

export function readDefault({ fields, diagnostics, pointer }: StateReader): string | null {
  const target = fields['Default'];
  if (target === undefined || typeof target === 'string') return target ?? null;
  diagnostics.schema('Expected value of type String', `${pointer}/Default`);
  return null;
}
