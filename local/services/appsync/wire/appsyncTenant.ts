import type { HttpHandler } from '../../../wire/httpMessage.ts';
import { MAX_REQUEST_BYTES } from '../../../wire/awsJson.ts';
import type { RequestHead, Tenant } from '../../../wire/tenant.ts';
import { refusalAnswer } from './answers.ts';

/** GraphQL: whatever its callers present is checked by the service itself. */
export function appsyncTenant(handle: HttpHandler): Tenant {
  return {
    name: 'appsync',
    title: 'AppSync (GraphQL at /graphql)',
    recognises: ({ path }, scope) => isGraphql(path) && scope !== 's3',
    needsSignature: false,
    maxBodyBytes: () => MAX_REQUEST_BYTES,
    operations: ['graphql', 'publish'],
    // What IAM signs is the application's own: the publishing of events.
    operationOf: ({ headers }: RequestHead) =>
      headers.authorization?.startsWith('AWS4-') ? 'publish' : 'graphql',
    refuse: ({ status, code, message }) => refusalAnswer({ status, errorType: code, message }),
    handle,
  };
}

function isGraphql(path: string): boolean {
  return path === '/graphql' || path.startsWith('/graphql/');
}
