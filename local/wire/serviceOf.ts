import type { HttpRequest } from './httpMessage.ts';

export type ServiceName = 's3' | 'stepFunctions' | 'sqs' | 'lambda' | 'events' | 'appsync';

const BY_SCOPE: Readonly<Record<string, ServiceName>> = {
  s3: 's3',
  states: 'stepFunctions',
  sqs: 'sqs',
  lambda: 'lambda',
  events: 'events',
  appsync: 'appsync',
};
const BY_TARGET: Readonly<Record<string, ServiceName>> = {
  AWSStepFunctions: 'stepFunctions',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
};

/** Which service a request is for: GraphQL by its path, the others by the scope of its signature, else by its target or path; S3 owns every other path. */
export function serviceOf(request: HttpRequest): ServiceName {
  const scope = /Credential=[^/,\s]+\/\d{8}\/[^/]+\/([a-z0-9-]+)\//.exec(
    request.headers.authorization ?? '',
  )?.[1];
  if (hasOlderSignature(request)) return 's3';
  if (isGraphql(request.path) && scope !== 's3') return 'appsync';
  if (scope !== undefined && Object.hasOwn(BY_SCOPE, scope)) return BY_SCOPE[scope] ?? 's3';
  if (request.path.startsWith('/2015-03-31/functions/')) return 'lambda';
  const [prefix = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  return (Object.hasOwn(BY_TARGET, prefix) ? BY_TARGET[prefix] : undefined) ?? 's3';
}

/** Of version 2, which only S3 knows. */
export function hasOlderSignature({ headers, query }: HttpRequest): boolean {
  return /^AWS [^:]+:/.test(headers.authorization ?? '') || /(?:^|&)AWSAccessKeyId=/.test(query);
}

function isGraphql(path: string): boolean {
  return path === '/graphql' || path.startsWith('/graphql/');
}

/** The AWS operation, as the names of fault points carry it: `PutObject`, `SendTaskSuccess`, `Invoke`, `publish`. */
export function operationOf(service: ServiceName, request: HttpRequest): string {
  return OPERATIONS[service](request);
}

const OPERATIONS: Readonly<Record<ServiceName, (request: HttpRequest) => string>> = {
  s3: s3Operation,
  stepFunctions: targetOperation,
  sqs: targetOperation,
  lambda: () => 'Invoke',
  events: targetOperation,
  appsync: (request) => (request.headers.authorization?.startsWith('AWS4-') ? 'publish' : 'graphql'),
};

function targetOperation(request: HttpRequest): string {
  return String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? 'unknown';
}

function s3Operation({ method, path, query, headers }: HttpRequest): string {
  const hasKey = /^\/[^/]+\/./.test(path);
  if (method === 'PUT') return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
  if (method === 'DELETE') return 'DeleteObject';
  if (method === 'HEAD') return hasKey ? 'HeadObject' : 'HeadBucket';
  if (method === 'POST') return query.startsWith('delete') ? 'DeleteObjects' : 'unknown';
  return hasKey ? 'GetObject' : 'ListObjectsV2';
}
