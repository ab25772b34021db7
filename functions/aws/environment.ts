const SET_BY = {
  BUCKET_NAME: 'the verb in infra/ that gives the function access to the bucket',
  STATE_MACHINE_ARN: 'the verb in infra/ that gives the function access to the workflow',
  GRAPHQL_URL: 'the verb in infra/ that lets the function publish',
  AWS_REGION: 'Lambda',
  AWS_ACCESS_KEY_ID: 'Lambda',
  AWS_SECRET_ACCESS_KEY: 'Lambda',
} as const;

/** The only reader of the environment. */
export function environment(name: keyof typeof SET_BY): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`The variable ${name} is missing; ${SET_BY[name]} sets it.`);
  return value;
}

/** Lambda's credentials have a session token; those of a person may have none. */
export const sessionToken = (): string | undefined => process.env['AWS_SESSION_TOKEN'];

const DEFAULT_SECONDS = {
  DEADLINE_SECONDS: 259_200, // 72 h
  REMINDER_SECONDS: 86_400, // 24 h
} as const;

/** How long an order may wait for its decision, and how often somebody is reminded of it. */
export function seconds(name: keyof typeof DEFAULT_SECONDS): number {
  const value = process.env[name] ?? String(DEFAULT_SECONDS[name]);
  if (!/^[1-9]\d{0,8}$/.test(value))
    throw new Error(`The variable ${name} is not a number of seconds; the workflow in infra/ sets it.`);
  return Number(value);
}
