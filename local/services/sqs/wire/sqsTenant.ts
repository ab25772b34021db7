import { awsJsonTenant } from '../../../wire/awsJson.ts';
import type { HttpHandler } from '../../../wire/httpMessage.ts';
import type { Tenant } from '../../../wire/tenant.ts';
import { SQS_OPERATIONS } from '../operations.ts';

export function sqsTenant(handle: HttpHandler): Tenant {
  return awsJsonTenant({
    name: 'sqs',
    title: 'SQS',
    scope: 'sqs',
    target: 'AmazonSQS',
    operations: Object.keys(SQS_OPERATIONS),
    handle,
  });
}
