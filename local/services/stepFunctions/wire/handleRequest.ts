import { type JsonObject, parseJsonObject } from '../../../ground/json.ts';
import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../../../wire/httpMessage.ts';
import { ACTIONS } from '../actions/actions.ts';
import { StepFunctionsError } from '../errors.ts';
import type { Action, Context } from './action.ts';
import { readMembers } from './requestMembers.ts';

const TARGET_PREFIX = 'AWSStepFunctions.';
const BAD_REQUEST = 400;

/** AWS JSON 1.0: the action is in a header, and every error is a 400 with its name in the body. */
export function handleRequest(request: HttpRequest, context: Context): HttpResponse {
  return answer(() => {
    const { action, isReading } = operationOf(request);
    const members = readMembers(parseBody(request));
    const run = () => answer(() => respond(200, action(members, context)));
    context.store.hasten(); // results of functions are written later, and an answer may tell of them
    return isReading ? run() : context.store.transact(run);
  });
}

/** A refusal is an answer: what became due before the request stays done, and actions check before they write. */
function answer(run: () => HttpResponse): HttpResponse {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof StepFunctionsError)) throw error;
    return respond(BAD_REQUEST, { __type: error.type, message: error.message });
  }
}

/** What only reads needs no transaction, and so no commit. */
const READING = /^(?:Describe|Get|List|Validate)/;

function operationOf({ headers }: HttpRequest): { readonly action: Action; readonly isReading: boolean } {
  checkContentType(headers['content-type']);
  const target = headers['x-amz-target'];
  const name =
    typeof target === 'string' && target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action !== undefined) return { action, isReading: READING.test(name) };
  const reason =
    name === '' ? 'The request names no operation' : `The operation ${name.slice(0, 80)} is not supported`;
  throw new StepFunctionsError('UnknownOperationException', `${reason} by the local Step Functions.`);
}

const CONTENT_TYPE = /^application\/x-amz-json-1\.[01](?:\s*;|$)/;

function checkContentType(type: string | readonly string[] | undefined): void {
  if (typeof type === 'string' && CONTENT_TYPE.test(type)) return;
  const message = `The content type ${JSON.stringify(type ?? '')} is not supported: use application/x-amz-json-1.0.`;
  throw new StepFunctionsError('UnknownOperationException', message);
}

function parseBody({ body }: HttpRequest): JsonObject {
  const text = body.toString();
  const members = text === '' ? {} : parseJsonObject(text);
  if (members !== null) return members;
  throw new StepFunctionsError('SerializationException', 'The body of the request is not a JSON object.');
}

function respond(status: number, answer: Readonly<Record<string, unknown>>): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(answer),
  };
}
