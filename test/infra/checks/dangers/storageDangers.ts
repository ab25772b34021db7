import type { Danger } from './danger.ts';

export const STORAGE_DANGERS: readonly Danger[] = [
  [
    'facts that are written twice',
    (t) => t.dropStatement('AWS::S3::BucketPolicy', 'FactsAreWrittenOnce'),
    /lets requests\/ be written twice/,
  ],
  [
    'facts that are deleted',
    (t) => t.dropStatement('AWS::S3::BucketPolicy', 'FactsAreNotDeleted'),
    /lets decisions\/ be deleted/,
  ],
  ...(['FactsAreWrittenOnce', 'FactsAreNotDeleted'] as const).map((sid): Danger => [
    `${sid}, but for every role`,
    (t) =>
      t.each('AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        for (const { Sid, Condition } of PolicyDocument.Statement)
          if (Sid === sid) Condition.ArnNotEquals['aws:PrincipalArn'] = 'arn:aws:iam::*:role/*';
      }),
    sid === 'FactsAreWrittenOnce' ? /lets requests\/ be written twice/ : /lets decisions\/ be deleted/,
  ]),
  [
    'plain HTTP',
    (t) => t.dropStatement('AWS::S3::BucketPolicy', 'OnlyOverTls'),
    /can be reached without TLS/,
  ],
  [
    'a bucket for everyone',
    (t) =>
      t.each('AWS::S3::BucketPolicy', (p) =>
        p.PolicyDocument.Statement.push({
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: '*',
        }),
      ),
    /lets everyone in/,
  ],
  [
    'a bucket that may become public',
    (t) =>
      t.each('AWS::S3::Bucket', (p) => void (p.PublicAccessBlockConfiguration.BlockPublicPolicy = false)),
    /may become public/,
  ],
  [
    'a bucket without encryption',
    (t) => t.each('AWS::S3::Bucket', (p) => void delete p.BucketEncryption),
    /is not encrypted/,
  ],
  [
    'records without versions',
    (t) => t.each('AWS::S3::Bucket', (p) => void delete p.VersioningConfiguration),
    /keeps no versions/,
  ],
  ['records that go with the stack', (t) => t.keep('AWS::S3::Bucket', 'Delete'), /goes with the stack/],
  [
    'facts that expire',
    (t) =>
      t.each('AWS::S3::Bucket', (p) =>
        p.LifecycleConfiguration.Rules.push({ Status: 'Enabled', Prefix: '', ExpirationInDays: 30 }),
      ),
    /expires "", and facts with it/,
  ],
  [
    'a queue without encryption',
    (t) => t.each('AWS::SQS::Queue', (p) => void delete p.KmsMasterKeyId),
    /DeadLettersQueue is not encrypted/,
  ],
  [
    'a key that everyone may use',
    (t) => t.each('AWS::KMS::Key', (p) => void (p.KeyPolicy.Statement[0].Principal = '*')),
    /The policy of Key lets everyone in/,
  ],
  [
    'a key that is never rotated',
    (t) => t.each('AWS::KMS::Key', (p) => void delete p.EnableKeyRotation),
    /Key is never rotated/,
  ],
  [
    'a topic over plain HTTP',
    (t) => t.dropStatement('AWS::SNS::TopicPolicy', 'OnlyOverTls'),
    /AlarmsTopic can be reached without TLS/,
  ],
];
