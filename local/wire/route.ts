import { withFault } from '../ground/faults/withFault.ts';
import { type Faults, noFaults } from '../ground/faults/faults.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from './httpMessage.ts';
import { jsonAnswer } from './jsonAnswer.ts';
import { scopeOf, type Tenant, tenantOf } from './tenant.ts';
import { isFromBrowser, unknownPage, unknownService } from './unknownAnswers.ts';
import type { VerifySignature } from './signature/signature.ts';

export type Routes = {
  /** In the order in which they are asked whether a request is for them. */
  readonly tenants: readonly Tenant[];
  readonly verifySignature: VerifySignature;
  readonly faults: Faults;
  /** Resolves when everything written so far is on disk. */
  readonly settled: () => Promise<void>;
  /** The page's and the playground's files; null for a path that is none of them. */
  readonly asset: (request: HttpRequest) => HttpResponse | null;
  /** Whether a page is served at `/`. */
  readonly hasPage: () => boolean;
  /** `/_local/issuer/…`; null without --people. */
  readonly issuer: HttpHandler | null;
  /** `/_local/metrics`. */
  readonly metrics: HttpHandler;
  /** `/_local/logs`. */
  readonly logs: HttpHandler;
  /** Everything else under `/_local/`; null without --test-controls. */
  readonly testControls: HttpHandler | null;
};

/** Answered by cutting the connection: what a lost response looks like to the caller. */
export const SILENCE: HttpResponse = { status: 0, headers: {}, body: '' };

export async function route(routes: Routes, request: HttpRequest): Promise<HttpResponse> {
  if (routes.issuer !== null && request.path.startsWith('/_local/issuer/')) return routes.issuer(request);
  if (request.path === '/_local/metrics') return routes.metrics(request);
  if (request.path === '/_local/logs') return routes.logs(request);
  if (request.path.startsWith('/_local/')) return controlsAnswer(routes, request);
  const asset = isPlainRead(request) ? routes.asset(request) : null;
  if (asset !== null) return request.method === 'HEAD' ? { ...asset, body: '' } : asset;
  const tenant = tenantOf(routes.tenants, request);
  if (tenant === null) return unknownService(scopeOf(request) ?? '', routes.tenants, request);
  if (!tenant.needsSignature) return passFaults(routes, tenant, request);
  if (isPlainRead(request) && isFromBrowser(request)) return unknownPage(request, routes.hasPage());
  const early = tenant.refuseEarly?.(request) ?? null;
  if (early !== null) return early;
  const verified = routes.verifySignature(request);
  if (!verified.ok) {
    return tenant.refuse({ status: 403, code: verified.code, message: verified.reason }, request);
  }
  return passFaults(routes, tenant, { ...request, accessKeyId: verified.accessKeyId });
}

async function controlsAnswer({ testControls }: Routes, request: HttpRequest): Promise<HttpResponse> {
  if (testControls !== null) return testControls(request);
  const message = 'Test controls are off. Start with --test-controls to open them.';
  return jsonAnswer(404, { message });
}

function isPlainRead({ method, headers, query }: HttpRequest): boolean {
  const reads = method === 'GET' || method === 'HEAD';
  return reads && headers.authorization === undefined && !/(?:^|&)(?:X-Amz-)?Signature=/.test(query);
}

/** A fault at `s3.PutObject` strikes before the action, one at `s3.PutObject.done` when its result is on disk. */
async function passFaults(routes: Routes, tenant: Tenant, request: HttpRequest): Promise<HttpResponse> {
  const act = async () => {
    const response = await tenant.handle(request);
    await routes.settled();
    return response;
  };
  if (routes.faults === noFaults) return act();
  const point = `${tenant.name}.${tenant.operationOf(request)}`;
  const answers = {
    error: () => tenant.refuse(INTERNAL, request),
    throttle: () => tenant.refuse(THROTTLED, request),
    silence: () => SILENCE,
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

const INTERNAL = { status: 500, code: 'InternalServerException', message: 'An injected fault.' };
const THROTTLED = { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };
