import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../http/httpMessage.ts';
import type { Invocation } from './lambda.ts';

export type Invoker = {
  readonly exists: (name: string) => boolean;
  readonly invoke: (name: string, payload: string) => Promise<Invocation>;
  readonly later: (name: string, payload: string) => void;
};

/** The Invoke action of Lambda's REST API. */
export async function handleInvoke(request: HttpRequest, invoker: Invoker): Promise<HttpResponse> {
  const name = decodeURIComponent(
    /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.path)?.[1] ?? '',
  );
  if (name === '' || request.method !== 'POST') {
    return refusal(
      404,
      'UnknownOperationException',
      `${request.method} ${request.path} is no operation that this cloud knows.`,
    );
  }
  if (!invoker.exists(name)) return refusal(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  const payload = request.body.length === 0 ? '{}' : request.body.toString('utf8');
  if (!isJson(payload)) {
    return refusal(
      400,
      'InvalidRequestContentException',
      'Could not parse request body into json: it is no JSON text.',
    );
  }
  const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
  if (type === 'DryRun') return answer(204, {}, '');
  if (type === 'Event') {
    invoker.later(name.split(':').at(-1) ?? name, payload);
    return answer(202, {}, '');
  }
  const { payload: result, functionError } = await invoker.invoke(name, payload);
  const failed: Record<string, string> =
    functionError === null ? {} : { 'x-amz-function-error': functionError };
  return answer(200, { 'x-amz-executed-version': '$LATEST', ...failed }, result);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function refusal(status: number, type: string, message: string): HttpResponse {
  return answer(
    status,
    { 'x-amzn-errortype': type },
    JSON.stringify({ Type: 'User', Message: message, message }),
  );
}

function answer(status: number, headers: Readonly<Record<string, string>>, body: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
    body,
  };
}
