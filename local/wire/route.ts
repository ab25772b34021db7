import { withFault } from '../ground/faults/withFault.ts';
import type { Faults } from '../ground/faults/faults.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from './httpMessage.ts';
import { refusedAnswer } from './refusedAnswer.ts';
import { operationOf, serviceOf, type ServiceName } from './serviceOf.ts';
import type { VerifySignature } from './signature/signature.ts';

export type Routes = {
  readonly services: Readonly<Record<ServiceName, HttpHandler>>;
  readonly verifySignature: VerifySignature;
  readonly faults: Faults;
  /** Resolves when everything written so far is on disk. */
  readonly settled: () => Promise<void>;
  /** The page's and the playground's files; null for a path that is none of them. */
  readonly asset: (request: HttpRequest) => HttpResponse | null;
  /** `/_local/issuer/…`; null without --people. */
  readonly issuer: HttpHandler | null;
  /** `/_local/metrics`. */
  readonly metrics: HttpHandler;
  /** Everything else under `/_local/`; null without --test-controls. */
  readonly testControls: HttpHandler | null;
};

/** Answered by cutting the connection: what a lost response looks like to the caller. */
export const SILENCE: HttpResponse = { status: 0, headers: {}, body: '' };

export async function route(routes: Routes, request: HttpRequest): Promise<HttpResponse> {
  if (routes.issuer !== null && request.path.startsWith('/_local/issuer/')) return routes.issuer(request);
  if (request.path === '/_local/metrics') return routes.metrics(request);
  if (request.path.startsWith('/_local/')) return controlsAnswer(routes, request);
  const asset = isPlainRead(request) ? routes.asset(request) : null;
  if (asset !== null) return request.method === 'HEAD' ? { ...asset, body: '' } : asset;
  const service = serviceOf(request);
  if (service === 'appsync') return passFaults(routes, service, request);
  if (service === 's3' && isFormUpload(request)) return refusedAnswer(service, NO_FORMS, request);
  const verified = routes.verifySignature(request);
  if (!verified.ok) {
    const refusal = { status: 403, code: verified.code, message: verified.reason };
    return refusedAnswer(service, refusal, request);
  }
  return passFaults(routes, service, { ...request, accessKeyId: verified.accessKeyId });
}

async function controlsAnswer({ testControls }: Routes, request: HttpRequest): Promise<HttpResponse> {
  if (testControls !== null) return testControls(request);
  const message = 'Test controls are off. Start with --test-controls to open them.';
  return {
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  };
}

function isPlainRead({ method, headers, query }: HttpRequest): boolean {
  const reads = method === 'GET' || method === 'HEAD';
  return reads && headers.authorization === undefined && !/(?:^|&)(?:X-Amz-)?Signature=/.test(query);
}

/** A browser's form carries its signature in its fields, which are not read here. */
function isFormUpload({ method, headers }: HttpRequest): boolean {
  const type = headers['content-type'] ?? '';
  return method === 'POST' && headers.authorization === undefined && /^multipart\/form-data\b/i.test(type);
}

/** A fault at `s3.PutObject` strikes before the action, one at `s3.PutObject.done` when its result is on disk. */
async function passFaults(routes: Routes, service: ServiceName, request: HttpRequest): Promise<HttpResponse> {
  const point = `${service}.${operationOf(service, request)}`;
  const answers = {
    error: () => refusedAnswer(service, INTERNAL, request),
    throttle: () => refusedAnswer(service, { ...THROTTLED, status: service === 's3' ? 503 : 400 }, request),
    silence: () => SILENCE,
  };
  const act = async () => {
    const response = await routes.services[service](request);
    await routes.settled();
    return response;
  };
  const before = { faults: routes.faults, point };
  const after = { faults: routes.faults, point: `${point}.done` };
  return withFault(
    before,
    async () => {
      const response = await act();
      return withFault(after, () => response, answers);
    },
    answers,
  );
}

const NO_FORMS = {
  status: 501,
  code: 'NotImplemented',
  message:
    'PostObject, the upload from an HTML form with a policy, is not supported by the local cloud: use PutObject or a presigned URL.',
};
const INTERNAL = { status: 500, code: 'InternalServerException', message: 'An injected fault.' };
const THROTTLED = { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };
