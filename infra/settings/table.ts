import { HANDLERS } from '../handlers.ts';
import { apiKeyEnd } from './apiKeyEnd.ts';
import { approvers } from './approvers.ts';
import { quotaFor } from './concurrency.ts';
import { hours, offOr, oneOf, oneOfNumbers, onOrOff, text, wholeNumber, type Reader } from './readers.ts';
import { tags } from './tags.ts';

/** One setting: what it takes, what it is when nothing is said, and its line in docs/configuration.md. */
export type Setting<Value> = {
  readonly reader: Reader<Value>;
  readonly byDefault: unknown;
  readonly effect: string;
};

const setting = <Value>(reader: Reader<Value>, byDefault: unknown, effect: string): Setting<Value> => ({
  reader,
  byDefault,
  effect,
});

export const MIN_WAIT_SECONDS = 10; // as long as the function may take that stores the task token
export const MAX_WAIT_SECONDS = 364 * 86_400; // a Standard workflow lives for a year at most
const wait = hours({ minSeconds: MIN_WAIT_SECONDS, maxSeconds: MAX_WAIT_SECONDS });
const MIN_RESERVED = 2; // the fewest that Lambda may be told to take from a queue at a time
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653];
const STAGE = text(
  /^[a-z][a-z0-9]{0,15}$/,
  'a name of 1 to 16 lowercase letters and digits that begins with a letter',
);
const GROUP = text(/^[\w.:/@+-]{1,128}$/, 'the name of a group');
const EMAIL = text(/^[^\s@"',]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'an e-mail address');

/** Everything that a deployment may choose. The names are those of `context` in cdk.json and of `-c NAME=VALUE`. */
export const SETTINGS = {
  stage: setting(
    offOr(STAGE),
    'off',
    'Several deployments in one account and region: the stack is called `Countersign-STAGE`, its metrics `Countersign/STAGE`.',
  ),
  deadlineHours: setting(
    wait,
    72,
    'How long an order waits for its decision. Orders that are already paused keep the deadline that they were given.',
  ),
  reminderHours: setting(
    wait,
    24,
    'How often PAUSED is published again. The deadline is a whole number of these intervals (at most 100), or shorter than one.',
  ),
  workTimeoutSeconds: setting(
    wholeNumber(10, 900),
    30,
    'How long a step may run, with the own work of `functions/work/` in it.',
  ),
  workRetries: setting(
    wholeNumber(0, 20),
    3,
    'How often own work that failed is tried again before its order fails.',
  ),
  apiKeyExpires: setting(
    apiKeyEnd,
    'trial',
    'When the API key ends, 1 to 365 days ahead. `trial` leaves it to AppSync, which ends a key after 7 days, and `npm run deploy` wants it to be said; `off` removes this key.',
  ),
  secondApiKeyExpires: setting(
    apiKeyEnd,
    'off',
    'The end of a second API key: with two keys, clients move from one to the other without an outage.',
  ),
  approvers: setting(
    offOr(approvers),
    'off',
    'Only people who are signed in at this issuer or user pool confirm, reject and cancel; their names come from their tokens. See `docs/identity.md`.',
  ),
  approverGroup: setting(
    offOr(GROUP),
    'off',
    'The group that approvers must be in: a claim `groups` or `cognito:groups` of their tokens. Needs `approvers`.',
  ),
  selfApproval: setting(
    oneOf(['allowed', 'refused']),
    'allowed',
    'Whether the person who placed an order may confirm it.',
  ),
  introspection: setting(onOrOff, 'on', 'Whether clients may ask for the schema.'),
  queryDepthLimit: setting(
    wholeNumber(1, 75),
    20,
    "How deep a query may be. GraphiQL's introspection is 15 deep, an order 4.",
  ),
  resolverCountLimit: setting(
    wholeNumber(1, 10_000),
    10,
    'How many fields with a resolver one request may name. Each runs a function at the same moment.',
  ),
  wafRateLimit: setting(
    offOr(wholeNumber(10, 2_000_000_000)),
    'off',
    'A web application firewall blocks an IP address with more requests than this in five minutes.',
  ),
  reservedConcurrency: setting(
    offOr(wholeNumber(MIN_RESERVED, 1000)),
    'off',
    `How many instances each of the ${HANDLERS.length} functions may have, and has for itself. All together must leave 100 of the concurrency of the account: with 5 it needs a quota of ${quotaFor(5)}. A new account may begin with 10.`,
  ),
  tracing: setting(onOrOff, 'on', 'X-Ray traces of the API, the functions and the workflow.'),
  logRetentionDays: setting(oneOfNumbers(LOG_DAYS), 30, 'How long CloudWatch keeps the logs.'),
  statusEvents: setting(
    onOrOff,
    'off',
    "Every status also goes to the account's event bus, for mail, chat or a queue: [notifications](notifications.md).",
  ),
  alarmEmail: setting(
    offOr(EMAIL),
    'off',
    'The address that alarms are mailed to. AWS sends a message there first, which has to be confirmed.',
  ),
  customerManagedKey: setting(
    onOrOff,
    'off',
    'A KMS key of this stack encrypts the buckets, the logs, the queues and the topic, instead of keys of AWS. Once on, it must stay on.',
  ),
  removalPolicy: setting(
    oneOf(['retain', 'destroy']),
    'retain',
    'What happens to the records when the stack is deleted. `destroy` deletes their bucket, which must be empty by then.',
  ),
  page: setting(
    onOrOff,
    'off',
    'A second stack, `CountersignPage`, hosts the page behind a content delivery network: [hosting](hosting.md).',
  ),
  terminationProtection: setting(
    onOrOff,
    'off',
    'Whether CloudFormation refuses to delete the stack. Recommended in production.',
  ),
  tags: setting(tags, {}, 'Tags of every resource.'),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends Setting<infer Value> ? Value : never;
export type SettingValues = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };
