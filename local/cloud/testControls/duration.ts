const ISO_DURATION =
  /^P(?=\d|T\d)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNIT_MILLISECONDS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000];

/** The milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds; null for anything else. */
export function parseDuration(text: unknown): number | null {
  const match = typeof text === 'string' ? ISO_DURATION.exec(text) : null;
  if (match === null) return null;
  return UNIT_MILLISECONDS.reduce((total, unit, index) => total + unit * Number(match[index + 1] ?? 0), 0);
}
