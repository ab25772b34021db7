import type { Exploration } from './checker/explore.ts';

export const NOTHING_FOUND = 'No counter-example was found.';

/** A counter-example as a person reads it. */
export function tell({ counterExample }: Exploration): string {
  if (counterExample === null) return NOTHING_FOUND;
  const lines = counterExample.trace.map((move, index) => `${index + 1}. ${move}`);
  return [`Not kept: ${counterExample.property}`, ...lines].join('\n');
}
