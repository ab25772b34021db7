import type { HttpHandler, HttpRequest, HttpResponse } from '../../../wire/httpMessage.ts';
import type { Authentication, Refusal } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { chooseOperation, type Operation } from '../documents/operation.ts';
import {
  type CallerHeaders,
  createExecution,
  type Execution,
  type LoadedApi,
} from '../execution/execution.ts';
import { type OperationResult, runOperation } from '../execution/runOperation.ts';
import { MAX_REQUEST_BYTES } from '../limits.ts';
import { okAnswer, refusalAnswer } from './answers.ts';
import { type GraphqlRequest, parseGraphqlRequest, UNPARSABLE } from './parseGraphqlRequest.ts';

export type GraphqlOptions = {
  /** Null until an API is defined. */
  readonly api: () => LoadedApi | null;
  /** Told of every mutation that ran: subscriptions hear of its fields. */
  readonly announce: (operation: Operation, execution: Execution, result: OperationResult) => void;
  readonly timeoutMilliseconds: number;
};

const NO_API = refusalAnswer.bind(null, {
  status: 404,
  errorType: 'NotFoundException',
  message: 'GraphQL API not found.',
});
const NO_SCHEMA: Refusal = {
  status: 502,
  errorType: 'GraphQLSchemaException',
  message: 'No schema definition exists.',
};
const TOO_LARGE: Refusal = {
  status: 413,
  errorType: 'RequestEntityTooLargeException',
  message: `The request body is larger than ${MAX_REQUEST_BYTES} bytes.`,
};
const WRONG_METHOD: Refusal = {
  status: 405,
  errorType: 'MethodNotAllowedException',
  message: 'GraphQL is served to POST and GET.',
};

/** POST, GET and OPTIONS of `/graphql`. */
export function createGraphqlHandler(options: GraphqlOptions): HttpHandler {
  return (request) => {
    const api = options.api();
    if (api === null || request.path !== '/graphql') return NO_API();
    if (request.method === 'OPTIONS') return okAnswer('', {});
    if (request.method !== 'POST' && request.method !== 'GET') return refusalAnswer(WRONG_METHOD);
    if (request.body.length > MAX_REQUEST_BYTES) return refusalAnswer(TOO_LARGE);
    const authentication = api.authenticate({ request, remoteAddress: request.remoteAddress });
    return authentication instanceof Promise
      ? authentication.then((known) => answerTo(options, api, request, known))
      : answerTo(options, api, request, authentication);
  };
}

function answerTo(
  options: GraphqlOptions,
  api: LoadedApi,
  request: HttpRequest,
  authentication: Authentication,
): HttpResponse | Promise<HttpResponse> {
  if (!authentication.ok) return refusalAnswer(authentication.refusal);
  const parsed = parseGraphqlRequest(request);
  if ('errorType' in parsed) return refusalAnswer(parsed);
  return answer(options, api, { request, caller: authentication.caller, parsed });
}

type Asked = { readonly request: HttpRequest; readonly caller: Caller; readonly parsed: GraphqlRequest };

function answer(
  options: GraphqlOptions,
  api: LoadedApi,
  { request, caller, parsed }: Asked,
): HttpResponse | Promise<HttpResponse> {
  if (api.graphql === null) return refusalAnswer(NO_SCHEMA);
  const document = api.graphql.documents.get(parsed.query);
  if (document.kind === 'unparsable') return refusalAnswer(UNPARSABLE);
  if (document.kind === 'invalid') return resultAnswer({ data: null, errors: document.errors }, {});
  const operation = chooseOperation(document.operations, parsed.operationName);
  if (typeof operation === 'string') return refusalAnswer(badRequest(operation));
  if (operation.type === 'subscription') return resultAnswer(subscriptionOverHttp, {});
  const execution = createExecution(api, {
    caller,
    headers: callerHeaders(request),
    variables: parsed.variables,
  });
  const { timeoutMilliseconds } = options;
  const result = runOperation(api.graphql.schema, { operation, execution, timeoutMilliseconds });
  const finish = (done: OperationResult) => {
    if (operation.type === 'mutation') options.announce(operation, execution, done);
    return resultAnswer(done, execution.responseHeaders, execution.requestId);
  };
  return result instanceof Promise ? result.then(finish) : finish(result);
}

function badRequest(message: string): Refusal {
  return message === UNPARSABLE.message
    ? UNPARSABLE
    : { status: 400, errorType: 'BadRequestException', message };
}

const subscriptionOverHttp: OperationResult = {
  data: null,
  errors: [
    {
      path: null,
      data: null,
      errorType: 'OperationNotSupported',
      errorInfo: null,
      locations: null,
      message: 'Subscriptions are served over the realtime endpoint, not over HTTP.',
    },
  ],
};

function resultAnswer(
  { data, errors }: OperationResult,
  headers: Readonly<Record<string, string>>,
  requestId?: string,
): HttpResponse {
  return okAnswer(JSON.stringify(errors.length === 0 ? { data } : { data, errors }), headers, requestId);
}

/** The headers as AppSync shows them: one that was sent several times is a list of its values. */
function callerHeaders({ headers, rawHeaders = [] }: HttpRequest): CallerHeaders {
  if (rawHeaders.length <= 2 * Object.keys(headers).length) return headers;
  const values = new Map<string, readonly string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    values.set(name, [...(values.get(name) ?? []), rawHeaders[at + 1] ?? '']);
  }
  const repeated = [...values].filter(([, each]) => each.length > 1).map(([name, each]) => [name, [...each]]);
  return { ...headers, ...Object.fromEntries(repeated) };
}
