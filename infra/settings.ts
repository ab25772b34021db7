import { problemOf, warningOf } from './settings/apiKeyEnd.ts';
import { concurrencyWarning } from './settings/concurrency.ts';
import { SETTINGS, type Setting, type SettingName, type SettingValues } from './settings/table.ts';

/** What a deployment chose: `context` in cdk.json, or `-c name=value`. docs/configuration.md lists them all. */
export type Settings = Omit<SettingValues, 'deadlineHours' | 'reminderHours'> & {
  readonly deadlineSeconds: number;
  readonly reminderSeconds: number;
};

/** A setting that cannot be deployed. The message is one sentence with the name, the value and what is allowed. */
export class BadSetting extends Error {
  readonly type = 'BadSetting';
}

type Context = Readonly<Record<string, unknown>>;

const SECONDS_PER_HOUR = 3600;
const MAX_ATTEMPTS = 100; // each adds about 4 of the 25,000 events that an execution may have, and a status to the order
// What the CDK CLI keeps in the context beside the names with a colon or a slash.
const OF_THE_CLI = new Set(['cli-telemetry', 'acknowledged-issue-numbers']);

/** Reads and checks every setting; throws BadSetting. `nowSeconds` is for the end of API keys only. */
export function parseSettings(context: Context, nowSeconds: number): Settings {
  refuseUnknown(context);
  const { deadlineHours: deadlineSeconds, reminderHours: interval, ...others } = readAll(context);
  const reminderSeconds = Math.min(interval, deadlineSeconds);
  checkReminders(deadlineSeconds, interval);
  const problem =
    problemOf('apiKeyExpires', others.apiKeyExpires, nowSeconds) ??
    problemOf('secondApiKeyExpires', others.secondApiKeyExpires, nowSeconds);
  if (problem !== null) throw new BadSetting(problem);
  if (others.apiKeyExpires === 'off' && others.secondApiKeyExpires === 'off')
    throw new BadSetting(
      'apiKeyExpires and secondApiKeyExpires are both "off"; one of them must be a date or "trial", because clients need a key.',
    );
  if (others.approverGroup !== null && others.approvers === null)
    throw new BadSetting(
      `approverGroup is "${others.approverGroup}", but approvers is "off"; set approvers, because an API key is in no group.`,
    );
  return { ...others, deadlineSeconds, reminderSeconds };
}

/** What a person should hear at every synthesis. */
export function warningsOf(settings: Settings, nowSeconds: number): readonly string[] {
  return [
    warningOf('apiKeyExpires', settings.apiKeyExpires, nowSeconds),
    warningOf('secondApiKeyExpires', settings.secondApiKeyExpires, nowSeconds),
    concurrencyWarning(settings.reservedConcurrency),
  ].filter((warning) => warning !== null);
}

function readAll(context: Context): SettingValues {
  const read = <Value>(name: SettingName, { reader, byDefault }: Setting<Value>): Value => {
    const given = context[name] ?? byDefault;
    const value = reader.read(given);
    if (value !== undefined) return value;
    throw new BadSetting(`${name} is ${JSON.stringify(given)}; it must be ${reader.allowed}.`);
  };
  const entries = Object.entries(SETTINGS).map(([name, setting]) => [
    name,
    read<unknown>(name as SettingName, setting),
  ]);
  return Object.fromEntries(entries) as SettingValues; // each entry is what its own reader answered
}

function refuseUnknown(context: Context): void {
  const known = Object.keys(SETTINGS);
  const unknown = Object.keys(context).find(
    (name) => !known.includes(name) && !/[:/]/.test(name) && !OF_THE_CLI.has(name),
  );
  if (unknown === undefined) return;
  throw new BadSetting(`There is no setting "${unknown}"; the settings are ${known.join(', ')}.`);
}

function checkReminders(deadlineSeconds: number, interval: number): void {
  const attempts = deadlineSeconds / Math.min(interval, deadlineSeconds);
  if (!Number.isInteger(attempts))
    throw new BadSetting(
      `deadlineHours is ${deadlineSeconds / SECONDS_PER_HOUR} and reminderHours is ${interval / SECONDS_PER_HOUR}: the deadline must be a whole number of reminder intervals, or shorter than one.`,
    );
  if (attempts > MAX_ATTEMPTS)
    throw new BadSetting(
      `deadlineHours and reminderHours make ${attempts - 1} reminders; at most ${MAX_ATTEMPTS - 1} are possible.`,
    );
}
