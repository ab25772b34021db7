import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../../../wire/httpMessage.ts';
import type { Completed, InvokeInput } from '../deployFunction.ts';
import { functionNotFound, InvokeError } from './invokeErrors.ts';
import {
  functionArn,
  parseInvokeRequest,
  type InvocationType,
  type InvokeRequest,
} from './parseInvokeRequest.ts';

export type Invoker = {
  readonly exists: (name: string) => boolean;
  readonly invoke: (name: string, input: InvokeInput) => Promise<Completed>;
  readonly later: (name: string, input: InvokeInput) => void;
};

/** The Invoke action of Lambda's REST API. Its caller was authenticated by the server. */
export async function handleInvoke(request: HttpRequest, invoker: Invoker): Promise<HttpResponse> {
  const requestId = randomUUID();
  try {
    const invoke = parseInvokeRequest(request);
    if (!invoker.exists(invoke.name)) throw functionNotFound(functionArn(invoke.name));
    return await ANSWERS[invoke.type](invoke, { invoker, requestId });
  } catch (error) {
    if (error instanceof InvokeError) return refusal(error, requestId);
    throw error;
  }
}

type Answering = { readonly invoker: Invoker; readonly requestId: string };
type Answer = (invoke: InvokeRequest, answering: Answering) => Promise<HttpResponse> | HttpResponse;

const ANSWERS = {
  RequestResponse: answerWithResult,
  Event: ({ name, payload, clientContext }, { invoker, requestId }) => {
    invoker.later(name, { payload, clientContext, requestId });
    return answer(202, { requestId });
  },
  DryRun: (_, { requestId }) => answer(204, { requestId }),
} satisfies Record<InvocationType, Answer>;

async function answerWithResult(
  { name, payload, clientContext, wantsLog }: InvokeRequest,
  { invoker, requestId }: Answering,
): Promise<HttpResponse> {
  const completed = await invoker.invoke(name, { payload, clientContext, requestId });
  const { functionError } = completed;
  const headers: Record<string, string> = {
    'x-amz-executed-version': '$LATEST',
    ...(functionError === null ? {} : { 'x-amz-function-error': functionError }),
    ...(wantsLog ? { 'x-amz-log-result': logResult(completed.log) } : {}),
  };
  return answer(200, { requestId, headers, body: completed.payload });
}

const MAX_LOG_RESULT_BYTES = 4096;

function logResult(log: string): string {
  return Buffer.from(log).subarray(-MAX_LOG_RESULT_BYTES).toString('base64');
}

function refusal({ type, message, status, memberName }: InvokeError, requestId: string): HttpResponse {
  const body = JSON.stringify({ Type: 'User', [memberName]: message });
  return answer(status, { requestId, headers: { 'x-amzn-errortype': type }, body });
}

type Content = {
  readonly requestId: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

function answer(status: number, { requestId, headers = {}, body = '' }: Content): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers },
    body,
  };
}
