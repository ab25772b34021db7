/** One figure of a long run, in a line that a reader finds among the runner's own. */
export function print(what: string, value: number, unit = 'ms'): void {
  const text = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
  process.stdout.write(`FIGURE ${what}: ${text} ${unit}\n`);
}
