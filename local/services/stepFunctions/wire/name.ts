import { StepFunctionsError } from '../errors.ts';

/** Spaces, brackets, wildcards, special characters, control characters, surrogates and non-characters. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\ufffe\uffff\u{10000}-\u{10ffff}]/u;

/** Throws InvalidName for a name that a machine or an execution cannot have. Its length has been checked. */
export function checkName(name: string): void {
  if (FORBIDDEN.test(name)) throw new StepFunctionsError('InvalidName', `Invalid Name: '${name}'`);
}

export const NAME_RULE = { minimum: 1, maximum: 80 };
