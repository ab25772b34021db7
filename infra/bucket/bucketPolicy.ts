import {
  AnyPrincipal,
  Effect,
  PolicyDocument,
  PolicyStatement,
  type PolicyStatementProps,
} from 'aws-cdk-lib/aws-iam';
import { onlyOverTls } from './privateBucket.ts';

/** What no principal may do, whatever its own policies allow. The first writer of a fact wins. */
export function bucketPolicy(bucketArn: string): PolicyDocument {
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
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
      deny({
        sid: 'FactsAreNotDeleted',
        actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        resources: facts,
      }),
    ],
  });
}

function deny(statement: PolicyStatementProps): PolicyStatement {
  return new PolicyStatement({ ...statement, effect: Effect.DENY, principals: [new AnyPrincipal()] });
}
