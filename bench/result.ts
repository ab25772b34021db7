/** One line of the table: what was measured, the figure, and the goal in docs/benchmarks.md. */
export type Result = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The goal, with the side of it that is good. */
  readonly goal: { readonly atMost: number } | { readonly atLeast: number } | null;
};

export function isReached({ value, goal }: Result): boolean | null {
  if (goal === null) return null;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

export function formatTable(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.what,
    `${round(result.value)} ${result.unit}`,
    result.goal === null
      ? ''
      : 'atMost' in result.goal
        ? `<= ${result.goal.atMost}`
        : `>= ${result.goal.atLeast}`,
    { true: 'yes', false: 'NO', null: '' }[String(isReached(result)) as 'true' | 'false' | 'null'],
  ]);
  const lines = [['what', 'measured', 'goal', 'reached'], ['---', '---', '---', '---'], ...rows];
  return lines.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
