import type { HttpHandler } from '../../../wire/httpMessage.ts';
import { jsonRefusal, MAX_REQUEST_BYTES } from '../../../wire/awsJson.ts';
import type { Tenant } from '../../../wire/tenant.ts';

const PATH = '/2015-03-31/functions/';

/** Lambda's Invoke. */
export function lambdaTenant(handle: HttpHandler): Tenant {
  return {
    name: 'lambda',
    title: 'Lambda',
    recognises: ({ path }, scope) => scope === 'lambda' || (scope === null && path.startsWith(PATH)),
    needsSignature: true,
    maxBodyBytes: () => MAX_REQUEST_BYTES,
    operations: ['Invoke'],
    operationOf: () => 'Invoke',
    refuse: jsonRefusal,
    handle,
  };
}
