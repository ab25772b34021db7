import { appsyncTenant } from '../services/appsync/wire/appsyncTenant.ts';
import { eventsTenant } from '../services/events/wire/eventsTenant.ts';
import { lambdaTenant } from '../services/lambda/wire/lambdaTenant.ts';
import { s3Tenant } from '../services/s3/wire/s3Tenant.ts';
import { sqsTenant } from '../services/sqs/wire/sqsTenant.ts';
import { stepFunctionsTenant } from '../services/stepFunctions/wire/stepFunctionsTenant.ts';
import { stsTenant } from '../services/sts/wire/stsTenant.ts';
import type { HttpHandler } from '../wire/httpMessage.ts';
import type { Tenant } from '../wire/tenant.ts';

type Handled = 'appsync' | 'lambda' | 'stepFunctions' | 'sqs' | 'events' | 'sts' | 's3';

/** The services as the server knows them, in the order in which they are asked whether a request is theirs. */
export function tenantsOf(
  services: Readonly<Record<Handled, { readonly handle: HttpHandler }>>,
): readonly Tenant[] {
  return [
    appsyncTenant(services.appsync.handle),
    lambdaTenant(services.lambda.handle),
    stepFunctionsTenant(services.stepFunctions.handle),
    sqsTenant(services.sqs.handle),
    eventsTenant(services.events.handle),
    stsTenant(services.sts.handle),
    s3Tenant(services.s3.handle), // it takes what is left
  ];
}
