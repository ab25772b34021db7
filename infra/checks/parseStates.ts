type Json = Readonly<Record<string, unknown>>;

export type Rule = {
  readonly errors: readonly string[];
  readonly next: string | null;
  readonly attempts: number;
};

export type State = {
  readonly name: string;
  readonly fields: Json;
  /** Where it leads when it succeeds or fails. */
  readonly next: readonly string[];
  readonly retriers: readonly Rule[];
  readonly catchers: readonly Rule[];
  /** How often the state may run, when each run ends with this error. */
  readonly attempts: (error: string) => number;
};

/** Reads a definition in the Amazon States Language as far as the checks need it. */
export function parseStates(definition: string): {
  readonly machine: Json;
  readonly states: readonly State[];
} {
  const machine = parseJson(definition);
  const states = Object.entries(parseJson(machine['States'])).map(([name, value]) =>
    stateOf(name, parseJson(value)),
  );
  return { machine, states };
}

function stateOf(name: string, fields: Json): State {
  const retriers = rulesOf(fields['Retry']);
  const catchers = rulesOf(fields['Catch']);
  const onSuccess = typeof fields['Next'] === 'string' ? [fields['Next']] : [];
  const onError = catchers.flatMap(({ next }) => (next === null ? [] : [next]));
  const attempts = (error: string): number =>
    1 + retriers.filter(({ errors }) => errors.includes(error)).reduce((sum, rule) => sum + rule.attempts, 0);
  return { name, fields, next: [...onSuccess, ...onError], retriers, catchers, attempts };
}

function rulesOf(value: unknown): readonly Rule[] {
  if (!Array.isArray(value)) return [];
  return value.map(parseJson).map(({ ErrorEquals, Next, MaxAttempts }) => ({
    errors: Array.isArray(ErrorEquals) ? ErrorEquals.map(String) : [],
    next: typeof Next === 'string' ? Next : null,
    attempts: typeof MaxAttempts === 'number' ? MaxAttempts : 3, // the language's default
  }));
}

function parseJson(value: unknown): Json {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}
