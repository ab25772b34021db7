import { dayAhead } from './dayAhead.ts';
import { BadCommand } from './outputs.ts';

const EXAMPLE_DAYS = 180;

/** A deployment that ends after a week must be meant: the setting's default is for a synthesis and for `npm start`. */
export function refuseUnnamedKeyEnd(named: readonly string[], nowMilliseconds: number): void {
  if (named.some((word) => word.split('=')[0] === 'apiKeyExpires')) return;
  const date = dayAhead(EXAMPLE_DAYS, nowMilliseconds);
  throw new BadCommand(
    `apiKeyExpires is not set, and without a date AppSync ends the API key after 7 days. Set it in cdk.json or here, to a day up to 365 days ahead: npm run deploy -- -c apiKeyExpires=${date}. For a trial of 7 days: -c apiKeyExpires=trial.`,
  );
}
