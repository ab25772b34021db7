import { randomBytes, randomInt } from 'node:crypto';
import { keptValue } from '../ground/store/meta.ts';
import type { Store } from '../ground/store/store.ts';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const API_KEY_CHARACTERS = 26;

/** Credentials with AWS's shape, random per data folder: `administrator` for the user's SDKs, `functions` for Lambdas. */
export function loadCredentials(store: Store, owner: 'administrator' | 'functions'): Credentials {
  return {
    accessKeyId: keptValue(store, `credentials/${owner}/id`, () => `AKIA${randomText(16).toUpperCase()}`),
    secretAccessKey: keptValue(store, `credentials/${owner}/secret`, () =>
      randomBytes(30).toString('base64'),
    ),
  };
}

/** The AWS shared credentials file that gives SDKs and the AWS CLI an administrator's rights. */
export function credentialsFile({ accessKeyId, secretAccessKey }: Credentials, region: string): string {
  return [
    '[default]',
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `region = ${region}`,
    '',
  ].join('\n');
}

/** An AppSync API key: `da2-` and 26 letters and digits, random per data folder and key resource. */
export function loadApiKey(store: Store, resource: string): string {
  return keptValue(store, `apiKey/${resource}`, () => `da2-${randomText(API_KEY_CHARACTERS)}`);
}

function randomText(length: number): string {
  return Array.from({ length }, () => LETTERS_AND_DIGITS.charAt(randomInt(LETTERS_AND_DIGITS.length))).join(
    '',
  );
}
