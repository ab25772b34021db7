import { isObject } from '../../../ground/json.ts';
import { FieldError } from '../errors.ts';
import {
  MAX_CONTAINS_ANY_VALUES,
  MAX_FILTER_FIELDS,
  MAX_FILTER_FIELD_LEVELS,
  MAX_FILTER_GROUPS,
  MAX_FILTER_VALUE_CHARACTERS,
  MAX_GROUP_FILTERS,
  MAX_IN_VALUES,
} from '../limits.ts';
import { OPERATORS, type Condition, type Filter, type Operator, type Scalar } from './filter.ts';

/** How many values an operator takes: one, a list of at most so many, or a range. */
const VALUES: Readonly<
  Record<Operator, { readonly list: boolean; readonly least: number; readonly most: number }>
> = {
  eq: one(),
  ne: one(),
  le: one(),
  lt: one(),
  ge: one(),
  gt: one(),
  contains: one(),
  notContains: one(),
  beginsWith: one(),
  in: list(MAX_IN_VALUES),
  notIn: list(MAX_IN_VALUES),
  between: { list: true, least: 2, most: 2 },
  containsAny: list(MAX_CONTAINS_ANY_VALUES),
};

/** The names that AppSync's examples of `toSubscriptionFilter` use. */
const SYNONYMS: Readonly<Record<string, Operator>> = { lte: 'le', gte: 'ge' };

/** Checks what `setSubscriptionFilter` and `setSubscriptionInvalidationFilter` were given. Throws FieldError. */
export function parseFilter(value: unknown): Filter {
  const groups = isObject(value) ? value['filterGroup'] : undefined;
  if (!Array.isArray(groups) || groups.length === 0) throw invalid('filterGroup must be a list of filters');
  const parsed = groups.map(parseGroup);
  if (parsed.reduce((sum, group) => sum + expansion(group), 0) > MAX_FILTER_GROUPS)
    throw invalid(`a filter may have at most ${MAX_FILTER_GROUPS} groups, where every value of in counts`);
  const fields = new Set(parsed.flat().map(({ path }) => path.join('.')));
  if (fields.size > MAX_FILTER_FIELDS) throw invalid(`a filter may name at most ${MAX_FILTER_FIELDS} fields`);
  const kept = parsed.map((group) => group.filter(({ path }) => path.length <= MAX_FILTER_FIELD_LEVELS));
  return { key: JSON.stringify(kept), groups: kept };
}

function parseGroup(group: unknown): readonly Condition[] {
  const filters = isObject(group) ? group['filters'] : undefined;
  if (!Array.isArray(filters) || filters.length === 0) throw invalid('filters must be a list of conditions');
  if (filters.length > MAX_GROUP_FILTERS)
    throw invalid(`a group may have at most ${MAX_GROUP_FILTERS} filters`);
  return filters.map(parseCondition);
}

function parseCondition(condition: unknown): Condition {
  if (!isObject(condition)) throw invalid('a filter must be an object');
  const { fieldName, operator, value } = condition;
  if (typeof fieldName !== 'string' || fieldName === '' || fieldName.length > MAX_FILTER_VALUE_CHARACTERS)
    throw invalid('fieldName must be the name of a field');
  const known = OPERATORS.find((name) => name === (SYNONYMS[String(operator)] ?? operator));
  if (known === undefined) throw invalid(`${JSON.stringify(operator)} is not an operator`);
  return { path: fieldName.split('.'), operator: known, values: parseValues(known, value) };
}

function parseValues(operator: Operator, value: unknown): readonly Scalar[] {
  const { list, least, most } = VALUES[operator];
  const values: readonly unknown[] = list ? (Array.isArray(value) ? value : []) : [value];
  if (values.length < least || values.length > most)
    throw invalid(`${operator} takes ${least === most ? least : `${least} to ${most}`} values`);
  return values.map((each) => parseScalar(operator, each));
}

function parseScalar(operator: Operator, value: unknown): Scalar {
  if (typeof value === 'string' && value.length <= MAX_FILTER_VALUE_CHARACTERS) return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' && (operator === 'eq' || operator === 'ne')) return value;
  throw invalid(`${operator} cannot compare with ${(JSON.stringify(value) ?? 'undefined').slice(0, 300)}`);
}

function expansion(group: readonly Condition[]): number {
  return group.reduce(
    (product, { operator, values }) => product * (operator === 'in' ? values.length : 1),
    1,
  );
}

function one() {
  return { list: false, least: 1, most: 1 };
}

function list(most: number) {
  return { list: true, least: 1, most };
}

function invalid(why: string): FieldError {
  return new FieldError({
    message: `The subscription filter is invalid: ${why}.`,
    errorType: 'InvalidFilter',
  });
}
