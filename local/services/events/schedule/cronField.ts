export type FieldRange = { readonly from: number; readonly to: number; readonly names?: readonly string[] };

const ITEM = /^(\*|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:\/(\d{1,4}))?$/;

/** The values of one field of a cron expression: `*`, lists, ranges and steps. Null when it is none of them. */
export function parseCronField(text: string, range: FieldRange): ReadonlySet<number> | null {
  const values = new Set<number>();
  for (const item of text.toUpperCase().split(',')) {
    const found = valuesOf(item, range);
    if (found === null) return null;
    for (const value of found) values.add(value);
  }
  return values;
}

function valuesOf(item: string, range: FieldRange): readonly number[] | null {
  const [, first, last, step] = ITEM.exec(item) ?? [];
  if (first === undefined || (first === '*' && last !== undefined)) return null;
  const from = first === '*' ? range.from : numberOf(first, range);
  const alone = step === undefined && first !== '*' ? from : range.to;
  const to = last === undefined ? alone : numberOf(last, range);
  const by = Number(step ?? 1);
  if (from === null || to === null || from > to || by < 1) return null;
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
}

function numberOf(text: string, { from, to, names = [] }: FieldRange): number | null {
  const named = names.indexOf(text);
  const number = named >= 0 ? named + from : Number(text);
  return Number.isInteger(number) && number >= from && number <= to ? number : null;
}
