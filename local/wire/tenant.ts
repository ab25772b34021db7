import type { HttpHandler, HttpRequest, HttpResponse } from './httpMessage.ts';

/** A request before its body was read. */
export type RequestHead = Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers'>;

export type Refusal = { readonly status: number; readonly code: string; readonly message: string };

/** A service behind the server: how its requests are told apart, and in which words it refuses. */
export type Tenant = {
  /** As the names of fault points have it, such as `stepFunctions`. */
  readonly name: string;
  /** As people call it, such as `Step Functions`. */
  readonly title: string;
  /** `scope` is the service in the request's signature; null without one. */
  readonly recognises: (request: RequestHead, scope: string | null) => boolean;
  /** False for a service that checks its callers itself. */
  readonly needsSignature: boolean;
  /** The largest body that is read, in bytes. */
  readonly maxBodyBytes: (request: RequestHead) => number;
  /** The names of its operations: faults can be armed at each. */
  readonly operations: readonly string[];
  /** The operation that a request is for; `unknown` for none of them. */
  readonly operationOf: (request: HttpRequest) => string;
  /** A refusal in the words and the shape of the service. Its codes are those of SigV4 and of the server. */
  readonly refuse: (refusal: Refusal, request: RequestHead) => HttpResponse;
  /** An answer without its service, such as one that needs another protocol; null lets the request pass. */
  readonly refuseEarly?: (request: RequestHead) => HttpResponse | null;
  readonly handle: HttpHandler;
};

/** The service in a signature's scope: `states` in `Credential=AKIA…/20260101/us-east-1/states/aws4_request`. */
export function scopeOf({ headers }: RequestHead): string | null {
  return /Credential=[^/,\s]+\/\d{8}\/[^/]+\/([a-z0-9-]+)\//.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Null when none of the services knows the request. */
export function tenantOf(tenants: readonly Tenant[], request: RequestHead): Tenant | null {
  const scope = scopeOf(request);
  return tenants.find((tenant) => tenant.recognises(request, scope)) ?? null;
}

/** Where faults can be armed: before an operation, and after its result is on disk and before the caller hears of it. */
export function faultPointsOf(tenants: readonly Tenant[]): readonly string[] {
  return tenants
    .flatMap(({ name, operations }) => operations.map((operation) => `${name}.${operation}`))
    .flatMap((point) => [point, `${point}.done`]);
}
