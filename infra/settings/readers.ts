/** Reads the value of one setting. */
export type Reader<Value> = {
  /** Completes "it must be …". */
  readonly allowed: string;
  /** Undefined: the value is not allowed. */
  readonly read: (value: unknown) => Value | undefined;
};

/** A value from the command line is text. */
const numberOf = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && value.trim() !== ''
      ? Number(value)
      : Number.NaN;

export function wholeNumber(min: number, max: number): Reader<number> {
  return {
    allowed: `a whole number from ${min} to ${max}`,
    read: (value) => {
      const number = numberOf(value);
      return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
    },
  };
}

const SECONDS_PER_HOUR = 3600;

/** Reads hours as whole seconds: 0.05 is good for a trial run of three minutes. */
export function hours(limits: { readonly minSeconds: number; readonly maxSeconds: number }): Reader<number> {
  const { minSeconds, maxSeconds } = limits;
  const maxDays = maxSeconds / SECONDS_PER_HOUR / 24;
  return {
    allowed: `a number of hours from ${minSeconds} seconds (${(minSeconds / SECONDS_PER_HOUR).toFixed(3)}) to ${maxDays} days (${maxSeconds / SECONDS_PER_HOUR})`,
    read: (value) => {
      const seconds = Math.round(numberOf(value) * SECONDS_PER_HOUR);
      return seconds >= minSeconds && seconds <= maxSeconds ? seconds : undefined;
    },
  };
}

export const onOrOff: Reader<boolean> = {
  allowed: '"on" or "off"',
  read: (value) => (value === 'on' ? true : value === 'off' ? false : undefined),
};

/** A setting that is off (null) unless it has a value. */
export function offOr<Value>(reader: Reader<Value>): Reader<Value | null> {
  return {
    allowed: `${reader.allowed}, or "off"`,
    read: (value) => (value === 'off' ? null : reader.read(value)),
  };
}

export function text(pattern: RegExp, allowed: string): Reader<string> {
  return {
    allowed,
    read: (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined),
  };
}

export function oneOf<Choice extends string>(choices: readonly Choice[]): Reader<Choice> {
  return {
    allowed: choices.map((choice) => `"${choice}"`).join(' or '),
    read: (value) => choices.find((choice) => choice === value),
  };
}

export function oneOfNumbers(choices: readonly number[]): Reader<number> {
  return {
    allowed: `one of ${choices.join(', ')}`,
    read: (value) => choices.find((choice) => choice === numberOf(value)),
  };
}
