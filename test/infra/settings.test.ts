import { describe, expect, test } from 'vitest';
import { parseSettings, warningsOf } from '../../infra/settings.ts';

const NOW = Date.parse('2026-12-01T00:00:00Z') / 1000;
const parse = (context: Readonly<Record<string, unknown>>) => parseSettings(context, NOW);

test('lets an order wait for three days, with a reminder every day, unless the deployment says otherwise', () => {
  expect(parse({})).toMatchObject({ deadlineSeconds: 259_200, reminderSeconds: 86_400 });
});

test('has a value for every setting, and what costs or needs an account is off', () => {
  expect(parse({})).toMatchObject({
    stage: null,
    workTimeoutSeconds: 30,
    workRetries: 3,
    apiKeyExpires: 'trial',
    secondApiKeyExpires: 'off',
    introspection: true,
    queryDepthLimit: 20,
    resolverCountLimit: 10,
    wafRateLimit: null,
    reservedConcurrency: null,
    logRetentionDays: 30,
    alarmEmail: null,
    customerManagedKey: false,
    removalPolicy: 'retain',
    terminationProtection: false,
    tags: {},
  });
});

test.each([
  [
    { deadlineHours: '2', reminderHours: '1' },
    { deadlineSeconds: 7200, reminderSeconds: 3600 },
  ],
  [{ deadlineHours: 0.05 }, { deadlineSeconds: 180, reminderSeconds: 180 }],
  [
    { deadlineHours: 8736, reminderHours: 168 },
    { deadlineSeconds: 31_449_600, reminderSeconds: 604_800 },
  ],
  [{ apiKeyExpires: '2027-06-30' }, { apiKeyExpires: { seconds: 1_814_313_600 } }],
  [{ apiKeyExpires: '2027-06-30T12:00:00Z' }, { apiKeyExpires: { seconds: 1_814_356_800 } }],
  [{ apiKeyExpires: 'off', secondApiKeyExpires: 'trial' }, { apiKeyExpires: 'off' }],
  [{ stage: 'dev' }, { stage: 'dev' }],
  [{ resolverCountLimit: '50' }, { resolverCountLimit: 50 }],
  [{ introspection: 'off' }, { introspection: false }],
  [{ reservedConcurrency: '5' }, { reservedConcurrency: 5 }],
  [{ tags: 'team=orders, env=prod' }, { tags: { team: 'orders', env: 'prod' } }],
  [{ tags: { team: 'orders' } }, { tags: { team: 'orders' } }],
  [{ alarmEmail: 'on-call@example.com' }, { alarmEmail: 'on-call@example.com' }],
])('takes %j', (context, expected) => {
  expect(parse(context)).toMatchObject(expected);
});

describe('refuses with one sentence', () => {
  test.each([
    [{ deadlineHours: 'soon' }, 'deadlineHours is "soon"; it must be a number of hours from 10 seconds'],
    [{ deadlineHours: '' }, 'deadlineHours is ""; it must be'],
    [{ deadlineHours: -1 }, 'deadlineHours is -1; it must be'],
    [{ deadlineHours: 8737 }, 'deadlineHours is 8737; it must be'],
    [{ deadlineHours: 0.001 }, 'deadlineHours is 0.001; it must be'],
    [{ reminderHours: 0 }, 'reminderHours is 0; it must be'],
    [{ reminderHours: true }, 'reminderHours is true; it must be'],
    [{ deadlineHours: 60 }, 'the deadline must be a whole number of reminder intervals'],
    [{ deadlineHours: 1000, reminderHours: 1 }, 'make 999 reminders; at most 99 are possible'],
    [{ stage: 'Prod' }, 'stage is "Prod"; it must be a name of 1 to 16 lowercase letters and digits'],
    [{ workRetries: 2.5 }, 'workRetries is 2.5; it must be a whole number from 0 to 20'],
    [{ workTimeoutSeconds: 901 }, 'workTimeoutSeconds is 901; it must be a whole number from 10 to 900'],
    [{ introspection: true }, 'introspection is true; it must be "on" or "off"'],
    [{ queryDepthLimit: 76 }, 'queryDepthLimit is 76; it must be a whole number from 1 to 75'],
    [{ logRetentionDays: 31 }, 'logRetentionDays is 31; it must be one of 1, 3, 5, 7'],
    [{ wafRateLimit: 9 }, 'wafRateLimit is 9; it must be a whole number from 10'],
    [{ reservedConcurrency: 1 }, 'reservedConcurrency is 1; it must be a whole number from 2'],
    [{ alarmEmail: 'on-call' }, 'alarmEmail is "on-call"; it must be an e-mail address'],
    [{ tags: 'team' }, 'tags is "team"; it must be up to 40 pairs'],
    [{ tags: 'aws:team=x' }, 'tags is "aws:team=x"; it must be'],
    [{ tags: 'team@a=x' }, 'tags is "team@a=x"; it must be'], // AppSync refuses it
    [{ tags: 'team=' }, 'tags is "team="; it must be up to 40 pairs'],
    [{ tags: 'team=aws:x' }, 'tags is "team=aws:x"; it must be'],
    [{ tags: 'a=1,a=2' }, 'tags is "a=1,a=2"; it must be'],
    [{ tags: { a: 1 } }, 'tags is {"a":1}; it must be'],
    [{ tags: ['a=1'] }, 'tags is ["a=1"]; it must be'],
  ])('%j', (context, sentence) => {
    expect(() => parse(context)).toThrow(sentence);
  });

  test.each(['deadlineHour', 'apikeyexpires', 'constructor'])('the unknown setting %s', (name) => {
    expect(() => parse({ [name]: 1 })).toThrow(
      `There is no setting "${name}"; the settings are stage, deadlineHours,`,
    );
  });
});

test('leaves the context of CDK and of its command line alone', () => {
  expect(() => parse({ '@aws-cdk/core:x': true, 'aws:cdk:y': 1, 'cli-telemetry': false })).not.toThrow();
});

describe('the end of an API key', () => {
  test.each([
    ['never', 'apiKeyExpires is "never"; it must be a date such as 2027-06-30'],
    [1_814_313_600, 'apiKeyExpires is 1814313600; it must be a date'],
    ['2027-13-45', 'apiKeyExpires is "2027-13-45"; it must be a date'],
    ['2020-01-01', 'apiKeyExpires is 2020-01-01T00:00Z; AppSync takes an end from 1 day to 365 days ahead'],
    ['2026-12-01T12:00:00Z', 'now 2026-12-02T01:00Z to 2027-12-01T00:00Z'],
    ['2026-12-02T00:59:00Z', 'ahead and rounds it down to the hour: now 2026-12-02T01:00Z'],
    ['2027-12-02', 'apiKeyExpires is 2027-12-02T00:00Z; AppSync takes an end from 1 day'],
  ])(
    'is refused where AppSync would refuse it in the middle of a deployment: %s',
    (apiKeyExpires, sentence) => {
      expect(() => parse({ apiKeyExpires })).toThrow(sentence);
    },
  );

  test('is refused when no key is left', () => {
    expect(() => parse({ apiKeyExpires: 'off' })).toThrow(
      'both "off"; one of them must be a date or "trial"',
    );
  });

  test.each([
    [{ apiKeyExpires: '2027-06-30' }, []],
    [
      { apiKeyExpires: '2026-12-30' },
      [
        'apiKeyExpires is 2026-12-30T00:00Z: the API key ends in 29 days. Set a later date and deploy; the key stays the same.',
      ],
    ],
    [
      { apiKeyExpires: '2027-06-30', secondApiKeyExpires: '2026-12-03' },
      [
        'secondApiKeyExpires is 2026-12-03T00:00Z: the API key ends in 2 days. Set a later date and deploy; the key stays the same.',
      ],
    ],
    [
      {},
      [
        'apiKeyExpires is "trial": AppSync ends the API key 7 days after it was made. Set a date for a deployment that lives longer.',
      ],
    ],
  ])('is announced from 30 days before it: %j', (context, warnings) => {
    expect(warningsOf(parse(context), NOW)).toEqual(warnings);
  });
});

test('says how much concurrency an account needs before its functions may reserve any', () => {
  expect(warningsOf(parse({ apiKeyExpires: '2027-06-30', reservedConcurrency: 5 }), NOW)).toEqual([
    'reservedConcurrency is 5: 15 functions reserve 75, so the account needs a quota of at least 175 concurrent executions, or the deployment fails. See aws lambda get-account-settings.',
  ]);
});
