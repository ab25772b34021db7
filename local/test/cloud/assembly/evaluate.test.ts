import { expect, test } from 'vitest';
import { evaluate, type Scope } from '../../../cloud/assembly/evaluate.ts';

const scope: Scope = {
  stackName: 'Stack',
  parameters: {
    Size: { Type: 'String', Default: 'small' },
    Open: { Type: 'String' },
    Kept: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' },
  },
  mappings: { Sizes: { small: { count: 1 } } },
  conditions: {
    IsSmall: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] },
    IsLarge: { 'Fn::Not': [{ Condition: 'IsSmall' }] },
  },
  once: (_what, find) => find(),
  hasResource: (logicalId) => logicalId === 'Bucket',
  reference: () => 'bucket-name',
  attribute: (_logicalId, name) => `bucket ${name}`,
  imported: (name) => (name === 'shared' ? 'the shared value' : null),
};

test.each([
  [{ Ref: 'Bucket' }, 'bucket-name'],
  [{ Ref: 'Size' }, 'small'],
  [{ Ref: 'AWS::Region' }, 'us-east-1'],
  [{ Ref: 'AWS::AccountId' }, '111111111111'],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'bucket Arn'],
  [{ 'Fn::GetAtt': 'Bucket.Arn' }, 'bucket Arn'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Size' }, 'b']] }, 'a-small-b'],
  [{ 'Fn::Sub': 'x-${AWS::Region}-${Bucket.Arn}-${!kept}' }, 'x-us-east-1-bucket Arn-${kept}'],
  [{ 'Fn::Sub': ['${Own}-${Bucket}', { Own: 'o' }] }, 'o-bucket-name'],
  [{ 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b,c'] }] }, 'b'],
  [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'count'] }, 1],
  [{ 'Fn::If': ['IsSmall', 'yes', 'no'] }, 'yes'],
  [{ 'Fn::If': ['IsLarge', 'yes', 'no'] }, 'no'],
  [{ 'Fn::Base64': 'hello' }, 'aGVsbG8='],
  [{ 'Fn::ImportValue': { 'Fn::Join': ['', ['sha', 'red']] } }, 'the shared value'],
  [{ kept: 1, left: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
  [
    [1, { Ref: 'AWS::NoValue' }, 2],
    [1, 2],
  ],
])('evaluates %j', (value, expected) => {
  expect(evaluate(value, scope)).toEqual(expected);
});

test.each([
  [
    { 'Fn::ImportValue': 'x' },
    'The intrinsic function Fn::ImportValue is not supported for "x", which no stack of the assembly exports (stack Stack).',
  ],
  [{ 'Fn::Cidr': ['10.0.0.0/8', 1] }, 'The intrinsic function Fn::Cidr is not supported (stack Stack).'],
  [{ Ref: 'Nothing' }, 'Ref Nothing names nothing in the stack Stack.'],
  [{ Ref: 'Open' }, 'The parameter Open of the stack Stack has no default value.'],
  [{ Ref: 'Kept' }, 'has the type AWS::SSM::Parameter::Value<String>, which is not supported.'],
  [{ 'Fn::If': ['IsGone', 1, 2] }, 'The condition IsGone is not in the stack Stack.'],
  ['{{resolve:ssm:/a}}', 'The dynamic reference {{resolve:ssm:/a}} is not supported (stack Stack).'],
  [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, 'Fn::GetAtt Nothing.Arn names nothing in the stack Stack.'],
])('refuses %j in one sentence', (value, sentence) => {
  expect(() => evaluate(value, scope)).toThrow(sentence);
});
