import { compactJson, isJson, isObject, parseJsonObject } from '../../../ground/json.ts';
import { ACCOUNT_ID, PARTITION, REGION } from '../../../ground/account.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import type { Store } from '../../../ground/store/store.ts';
import type { Request } from './records/execution.ts';

/** What an invocation came to. `payload` is JSON text. */
export type Outcome =
  | {
      readonly ok: true;
      readonly payload: string;
      readonly requestId: string;
      readonly statusCode: 200 | 202;
    }
  | { readonly ok: false; readonly error: string; readonly cause: string };

type Services = { readonly lambda: Lambda; readonly store: Store; readonly onBegin: () => void };

/** Invokes a function for a Task. Whatever goes wrong is an outcome, with the error that AWS gives it. */
export async function invokeFunction(
  { functionName, isEvent }: Request,
  payload: string,
  { lambda, store, onBegin }: Services,
): Promise<Outcome> {
  const requestId = crypto.randomUUID();
  if (!isJson(payload)) return invalidPayload(requestId);
  if (!lambda.exists(functionName)) return notFound(functionName, requestId);
  try {
    if (isEvent) {
      store.transact(() => lambda.invokeLater(functionName, payload));
      return { ok: true, payload: '{}', requestId, statusCode: 202 };
    }
    const invocation = await lambda.invoke(functionName, payload, onBegin);
    if (invocation.functionError !== null) return functionFailed(invocation.payload);
    return {
      ok: true,
      payload: invocation.payload === '' ? 'null' : invocation.payload,
      requestId: invocation.requestId,
      statusCode: 200,
    };
  } catch (error) {
    if (isObject(error) && error['type'] === 'FunctionNotFound') return notFound(functionName, requestId);
    const cause = `The function could not be invoked. (Service: AWSLambda; Status Code: 500; Error Code: ServiceException; Request ID: ${requestId}; Proxy: null)`;
    return { ok: false, error: 'Lambda.ServiceException', cause };
  }
}

function invalidPayload(requestId: string): Outcome {
  const cause = `Could not parse request body into json: the payload is not valid JSON. (Service: AWSLambda; Status Code: 400; Error Code: InvalidRequestContentException; Request ID: ${requestId}; Proxy: null)`;
  return { ok: false, error: 'Lambda.InvalidRequestContentException', cause };
}

function notFound(functionName: string, requestId: string): Outcome {
  const arn = functionName.startsWith('arn:')
    ? functionName
    : `arn:${PARTITION}:lambda:${REGION}:${ACCOUNT_ID}:function:${functionName}`;
  const cause = `Function not found: ${arn} (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: ${requestId}; Proxy: null)`;
  return { ok: false, error: 'Lambda.ResourceNotFoundException', cause };
}

function functionFailed(payload: string): Outcome {
  const errorType = parseJsonObject(payload)?.['errorType'];
  if (typeof errorType === 'string' && errorType !== '')
    return { ok: false, error: errorType, cause: payload };
  const cause = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`;
  return { ok: false, error: 'Lambda.Unknown', cause };
}

export type Response = {
  readonly payload: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly statusCode: 200 | 202;
};

/** The result of `lambda:invoke`: what AWS's SDK got, with its metadata. */
export function responseText({ payload, requestId, at, statusCode }: Response): string {
  const values = {
    'Content-Length': String(Buffer.byteLength(payload)),
    'Content-Type': 'application/json',
    Connection: 'keep-alive',
    Date: new Date(at).toUTCString(),
    'X-Amz-Executed-Version': '$LATEST',
    'X-Amzn-Trace-Id': traceId(requestId, at),
    'x-amzn-Remapped-Content-Length': '0',
    'x-amzn-RequestId': requestId,
  };
  const all = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
  const http = JSON.stringify({ AllHttpHeaders: all, HttpHeaders: values, HttpStatusCode: statusCode });
  const executed = statusCode === 200 ? '"ExecutedVersion":"$LATEST",' : '';
  return `{${executed}"Payload":${compactJson(payload)},"SdkHttpMetadata":${http},"SdkResponseMetadata":{"RequestId":${JSON.stringify(requestId)}},"StatusCode":${statusCode}}`;
}

const EPOCH_DIGITS = 8;
const MILLISECONDS = 1000;

function traceId(requestId: string, at: number): string {
  const epoch = Math.floor(at / MILLISECONDS)
    .toString(16)
    .padStart(EPOCH_DIGITS, '0');
  const digits = requestId.replaceAll('-', '');
  return `Root=1-${epoch}-${digits.slice(0, 24)};Parent=${digits.slice(-16)};Sampled=0`;
}
