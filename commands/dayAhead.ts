const DAY_MILLISECONDS = 86_400_000;

/** The day that is so many days ahead, such as 2027-06-30. */
export function dayAhead(days: number, nowMilliseconds: number): string {
  return new Date(nowMilliseconds + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
