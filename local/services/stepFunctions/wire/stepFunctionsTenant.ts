import { awsJsonTenant } from '../../../wire/awsJson.ts';
import type { HttpHandler } from '../../../wire/httpMessage.ts';
import type { Tenant } from '../../../wire/tenant.ts';
import { ACTIONS } from '../actions/actions.ts';

export function stepFunctionsTenant(handle: HttpHandler): Tenant {
  return awsJsonTenant({
    name: 'stepFunctions',
    title: 'Step Functions',
    scope: 'states',
    target: 'AWSStepFunctions',
    operations: Object.keys(ACTIONS),
    handle,
  });
}
