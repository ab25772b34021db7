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
  {
    mutant: /: (?:order\.)?history\.at\(-1\)\?\.reminder -> /,
    reason: 'A history has its first entry from the start: it is never empty.',
  },
  {
    mutant: /batching\.ts: \{ return null; \} -> \{\}$/,
    reason: 'A body that is undefined names no order either.',
  },
  {
    mutant: /worklist\.ts: old\.names\.length === 0 -> false$/,
    reason: 'To merge a page with an empty one gives the page: the line saves the work.',
  },
  {
    mutant: /enterPause\.ts: \[\] -> \["Stryker was here"\]$/,
    reason: 'The change has no event of a status of that name.',
  },
  {
    mutant: /enterPause\.ts: beforeApproval === null -> true$/,
    reason: 'Where there is own work, PROCESSING was another write: this change has no event of it.',
  },
  {
    mutant: /steps\/errors\.ts: 'OrderExpired' -> ""$/,
    reason: 'ExpireOrder obeys an expiry: no error stands for it. The type asks for a name of each decision.',
  },
  {
    mutant: /failOrder\.ts: '' -> "Stryker was here!"$/,
    reason: 'Neither text is the name of an error, nor JSON.',
  },
];
