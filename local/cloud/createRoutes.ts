import { noFaults } from '../ground/faults/faults.ts';
import type { CloudWatch } from '../services/cloudWatch/cloudWatch.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../wire/httpMessage.ts';
import { jsonAnswer } from '../wire/jsonAnswer.ts';
import type { Routes } from '../wire/route.ts';
import type { Tenant } from '../wire/tenant.ts';
import type { Callers } from './createCallers.ts';
import type { RequestLogs } from './createRequestLogs.ts';
import { mayControl } from './mayControl.ts';
import { createTestControls, type TestControlsOptions } from './testControls/createTestControls.ts';

type RoutesOptions = Pick<TestControlsOptions, 'store' | 'clock' | 'scheduler' | 'stepFunctions'> & {
  readonly tenants: readonly Tenant[];
  readonly callers: Callers;
  /** Null without test controls. */
  readonly faults: TestControlsOptions['faults'] | null;
  readonly cloudWatch: Pick<CloudWatch, 'handle'>;
  readonly requestLogs: Pick<RequestLogs, 'handle'>;
  readonly issuer: HttpHandler | null;
  readonly apiKeys: () => readonly string[];
};

/** What a request can lead to: a service, the page's files, or what stands under `/_local/`. */
export function createRoutes(options: RoutesOptions, files: Pick<Routes, 'asset' | 'hasPage'>): Routes {
  const { tenants, store, faults, issuer, cloudWatch, requestLogs } = options;
  const { verifySignature } = options.callers;
  const isAllowed = (request: HttpRequest) => mayControl(request, options.apiKeys(), verifySignature);
  return {
    ...files,
    tenants,
    verifySignature,
    faults: faults ?? noFaults,
    settled: store.settled,
    issuer,
    metrics: (request) => (isAllowed(request) ? cloudWatch.handle(request) : refused('Metrics')),
    logs: (request) => (isAllowed(request) ? requestLogs.handle(request) : refused('Logs')),
    testControls: faults === null ? null : createTestControls({ ...options, faults, mayControl: isAllowed }),
  };
}

const refused = (what: string): HttpResponse =>
  jsonAnswer(401, { message: `${what} need the API key in the header x-api-key.` });
