import {
  AnyPrincipal,
  Effect,
  PolicyDocument,
  PolicyStatement,
  type PolicyStatementProps,
} from 'aws-cdk-lib/aws-iam';
import { onlyOverTls } from './privateBucket.ts';

/**
 * What no principal may do, whatever its own policies allow. The first writer of a fact wins. The one exception is the role
 * that removes what people wrote in an order that has ended: a condition, because a policy cannot name who is left out.
 */
export function bucketPolicy(bucketArn: string, forgetRoleArn: string): PolicyDocument {
  const isAnother = { ArnNotEquals: { 'aws:PrincipalArn': forgetRoleArn } };
  const facts = [`${bucketArn}/requests/*`, `${bucketArn}/decisions/*`];
  return new PolicyDocument({
    // Kept apart: each Sid says why a request was refused.
    minimize: false,
    statements: [
      onlyOverTls(bucketArn),
      deny({
        sid: 'FactsAreWrittenOnce',
        // Multipart uploads are refused with it: their parts carry no condition.
        actions: ['s3:PutObject'],
        resources: facts,
        conditions: { Null: { 's3:if-none-match': 'true' }, ...isAnother },
      }),
      deny({
        sid: 'FactsAreNotDeleted',
        actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        resources: facts,
        conditions: isAnother,
      }),
    ],
  });
}

function deny(statement: PolicyStatementProps): PolicyStatement {
  return new PolicyStatement({ ...statement, effect: Effect.DENY, principals: [new AnyPrincipal()] });
}
