import type { Danger } from './danger.ts';

export const OTHER_DANGERS: readonly Danger[] = [
  [
    'the API key in an output',
    (t) => t.output('Key', { 'Fn::GetAtt': ['ApiKey98DDBCF8', 'ApiKey'] }),
    /The API key is in the output Key/,
  ],
  [
    'the API key in a variable',
    (t) => t.variable('GRAPHQL_URL', { 'Fn::GetAtt': ['ApiKey98DDBCF8', 'ApiKey'] }),
    /The API key is in/,
  ],
  [
    'a key of AWS in a variable',
    (t) => t.variable('GRAPHQL_URL', 'AKIAIOSFODNN7EXAMPLE'),
    /There is a secret in/,
  ],
  ['an unknown variable', (t) => t.variable('NODE_OPTIONS', '--inspect'), /has the variable NODE_OPTIONS/],
  [
    'an address of a function',
    (t) => t.add({ Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } }),
    /is AWS::Lambda::Url, which is not on the list/,
  ],
  [
    'an event without a dead-letter queue',
    (t) => t.each('AWS::Events::Rule', (p) => void delete p.Targets[0].DeadLetterConfig),
    /loses an event/,
  ],
  [
    'a dead-letter queue for two queues',
    (t) =>
      t.each('AWS::SQS::Queue', ({ RedrivePolicy }) => {
        if (RedrivePolicy !== undefined)
          RedrivePolicy.deadLetterTargetArn = {
            'Fn::GetAtt': ['SafetyNetExecutionsDeadLettersQueue8CB5C9CA', 'Arn'],
          };
      }),
    /ExecutionEnded shares its dead-letter queue/,
  ],
  [
    'a log that is kept without an end',
    (t) => t.each('AWS::Logs::LogGroup', (p) => void delete p.RetentionInDays),
    /keeps its log lines forever/,
  ],
  [
    'an alarm without an action',
    (t) => t.each('AWS::CloudWatch::Alarm', (p) => void delete p.AlarmActions),
    /has no action/,
  ],
  [
    'a function that outlives its resolver',
    (t) => t.each('AWS::Lambda::Function', (p) => void (p.Timeout = 60)),
    /may outlive its resolver/,
  ],
  [
    'an old runtime',
    (t) => t.each('AWS::Lambda::Function', (p) => void (p.Runtime = 'nodejs18.x')),
    /runs on nodejs18.x/,
  ],
];
