export const OPERATORS = [
  'eq',
  'ne',
  'le',
  'lt',
  'ge',
  'gt',
  'contains',
  'notContains',
  'beginsWith',
  'in',
  'notIn',
  'between',
  'containsAny',
] as const;
export type Operator = (typeof OPERATORS)[number];

export type Scalar = string | number | boolean;

export type Condition = {
  /** The field's name, split at its dots. */
  readonly path: readonly string[];
  readonly operator: Operator;
  readonly values: readonly Scalar[];
};

/** Groups of conditions: every condition of at least one group must hold. */
export type Filter = { readonly key: string; readonly groups: readonly (readonly Condition[])[] };

export type Payload = Readonly<Record<string, unknown>>;
