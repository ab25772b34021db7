import { createRequire } from 'node:module';

/** The few members of google-libphonenumber that are used here. */
type PhoneNumberUtil = {
  readonly parse: (text: string, region: string) => object;
  readonly isValidNumber: (number: object) => boolean;
};
type Library = { readonly PhoneNumberUtil: { readonly getInstance: () => PhoneNumberUtil } };

/** AppSync takes a number without a country's code for one of the United States. */
const DEFAULT_REGION = 'US';
const require = createRequire(import.meta.url);
let loaded: PhoneNumberUtil | null = null;

/** Loaded with the first phone number: its tables take longer than the rest of a start. */
function library(): PhoneNumberUtil {
  const { PhoneNumberUtil }: Library = require('google-libphonenumber');
  return PhoneNumberUtil.getInstance();
}

/** Whether somebody can have this number: its length and area fit its country. */
export function isPhoneNumber(text: string): boolean {
  loaded ??= library();
  try {
    return loaded.isValidNumber(loaded.parse(text, DEFAULT_REGION));
  } catch {
    return false; // too short, too long, or not a number at all
  }
}
