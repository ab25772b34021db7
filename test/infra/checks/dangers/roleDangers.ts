import type { Danger } from './danger.ts';

const facts = (keys: string) => ({
  'Fn::Join': ['', [{ 'Fn::GetAtt': ['OrdersBucket807B649C', 'Arn'] }, `/${keys}`]],
});

const ACCOUNT = {
  AWS: {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
  },
};

const permission = (who: object) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'any', ...who },
});

export const ROLE_DANGERS: readonly Danger[] = [
  ['every action', (t) => t.allow('*', '*'), /may \* \*/],
  ['every object', (t) => t.allow('s3:GetObject', 'arn:aws:s3:::*'), /may s3:GetObject arn:aws:s3:::\*/],
  [
    'every action of S3',
    (t) => t.allow('s3:*', { 'Fn::GetAtt': ['OrdersBucket807B649C', 'Arn'] }),
    /may s3:\*/,
  ],
  [
    'every mutation',
    (t) => t.allow('appsync:GraphQL', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['ApiF1A3B7F9', 'Arn'] }, '/*']] }),
    /may appsync:GraphQL/,
  ],
  ['becoming another role', (t) => t.allow('sts:AssumeRole', '*'), /may sts:AssumeRole/],
  [
    'a policy that AWS manages',
    (t) =>
      t.each(
        'AWS::IAM::Role',
        (p) => void (p.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess']),
      ),
    /has a policy that AWS manages/,
  ],
  [
    'a role for everyone',
    (t) =>
      t.each(
        'AWS::IAM::Role',
        (p) => void (p.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '*' }),
      ),
    /can be assumed by/,
  ],
  [
    'deleting old versions of records',
    (t) => t.allow('s3:DeleteObjectVersion', facts('requests/*.json')),
    /may s3:DeleteObjectVersion <OrdersBucket.Arn>/,
  ],
  [
    'forgetting for another account',
    (t) =>
      t.each('AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        if (Statement[0].Principal.AWS !== undefined) Statement[0].Principal = { AWS: '222222222222' };
      }),
    /OrdersForgetRole can be assumed by/,
  ],
  [
    'a function that forgets',
    (t) =>
      t.each('AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        if (Statement[0].Principal.AWS !== undefined)
          Statement[0].Principal = { Service: 'lambda.amazonaws.com' };
      }),
    /OrdersForgetRole can be assumed by/,
  ],
  [
    'a function that people can be',
    (t) =>
      t.each('AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        if (Statement[0].Principal.Service === 'lambda.amazonaws.com') Statement[0].Principal = ACCOUNT;
      }),
    /ApiConfirmOrderRole can be assumed by/,
  ],
  [
    'a role that forgets everything',
    (t) =>
      t.each('AWS::IAM::Role', ({ Policies = [] }) => {
        for (const { PolicyName, PolicyDocument } of Policies)
          if (PolicyName === 'Forget') PolicyDocument.Statement[0].Resource = facts('*');
      }),
    /OrdersForgetRole may s3:DeleteObjectVersion <OrdersBucket.Arn>\/\*/,
  ],
  [
    'one role for all functions',
    (t) => t.each('AWS::Lambda::Function', (p) => void (p.Role = 'one')),
    /is the role of two functions/,
  ],
  [
    'a function that anybody may call',
    (t) => t.add(permission({ Principal: '*' })),
    /lets \* call a function/,
  ],
  [
    'a function that any rule may call',
    (t) => t.add(permission({ Principal: 'events.amazonaws.com' })),
    /lets events.amazonaws.com call a function/,
  ],
];
