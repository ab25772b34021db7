import { StepFunctionsError } from '../errors.ts';

/** No spaces, brackets, wildcards, special characters, control characters, surrogates and non-characters. */
export const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\ufffe\uffff\u{10000}-\u{10ffff}]{1,80}$/u;

/** Throws InvalidName for a name that a machine or an execution cannot have. */
export function checkName(name: string): void {
  if (!NAME.test(name)) throw new StepFunctionsError('InvalidName', `Invalid Name: '${name}'`);
}

/** The length is checked first, by an error of its own. */
export const NAME_RULE = { minimum: 1, maximum: 80 };
