import { randomUUID } from 'node:crypto';
import { parseJsonObject } from '../../../ground/json.ts';
import type { HttpRequest, HttpResponse } from '../../../wire/httpMessage.ts';
import { EventsError } from '../errors.ts';
import { putEvents, type Put } from '../actions/putEvents.ts';

type Action = typeof putEvents;

/** EventBridge's actions on the wire: AWS JSON 1.1. Rules come from the template. */
export const EVENTS_ACTIONS: Readonly<Record<string, Action>> = { PutEvents: putEvents };

export function handleEvents(request: HttpRequest, put: Put): HttpResponse {
  try {
    return answer(200, actionOf(request)(parseBody(request), put));
  } catch (error) {
    if (error instanceof EventsError) return answer(400, { __type: error.type, message: error.message });
    throw error;
  }
}

function actionOf({ headers, accessKeyId }: HttpRequest): Action {
  if (accessKeyId === null) throw new EventsError('AccessDeniedException', 'The request is not signed.');
  const name = String(headers['x-amz-target'] ?? '').replace(/^AWSEvents\./, '');
  const action = Object.hasOwn(EVENTS_ACTIONS, name) ? EVENTS_ACTIONS[name] : undefined;
  if (action !== undefined) return action;
  throw new EventsError(
    'UnknownOperationException',
    `The local cloud does not support the EventBridge operation ${name.slice(0, 80)}.`,
  );
}

function parseBody({ body }: HttpRequest): Readonly<Record<string, unknown>> {
  const members = parseJsonObject(body.toString('utf8'));
  if (members !== null) return members;
  throw new EventsError('SerializationException', 'The body of the request is not a JSON object.');
}

function answer(status: number, output: Readonly<Record<string, unknown>>): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(output),
  };
}
