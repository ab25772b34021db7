/** A line of a function's log as the terminal shows it; null for one that only the log files keep. */
export function terminalLine(source: string, line: string): string | null {
  return `${source} | ${line}`;
}
