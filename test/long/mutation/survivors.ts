/** A change of the functions that no test notices, as `file: original -> replacement`, and why that is right. */
export type Survivor = { readonly mutant: RegExp; readonly reason: string };

export const SURVIVORS: readonly Survivor[] = [
  {
    mutant: /: (?:'[^']* [^']*'|`[^`]* [^`]*`) -> (?:""|``)$/,
    reason: 'A sentence for people: an error or a log line. Its wording is not held by a test.',
  },
  {
    mutant: /decision\.ts: true -> false$/,
    reason: 'The table is asked for its names only; its values have no meaning.',
  },
  {
    mutant: /waiting\.ts: redriveCount === 0(?: && retryCount === 0)? -> /,
    reason: 'An attempt that takes itself for the first one gets 412 and reads: one call more, the same end.',
  },
  {
    mutant: /(?:waiting|wakeUp)\.ts: '(?:stored|not waiting|woken)' -> ""$/,
    reason: 'The callers ask for the other word only.',
  },
  {
    mutant: /decideOrder\.ts: isOpen\(found\.order\.status\) -> true$/,
    reason: 'Waking an order that has ended costs calls and wakes nothing.',
  },
  {
    mutant: /doWork\.ts: (?:\{ once: true \}|true) -> (?:\{\}|false)$/,
    reason: 'A signal aborts once.',
  },
  {
    mutant: /(?:createdRecords|executionEnded)\.ts: .* -> (?:true|false|\["Stryker was here"\])$/,
    reason: 'What gets past this check is refused by the next one.',
  },
];
