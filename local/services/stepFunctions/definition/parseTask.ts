import { isObject } from '../../../ground/json.ts';
import type { Resource } from './definition.ts';
import { readInteger, readTemplate, type StateReader } from './stateReader.ts';

/** What a Task state has beside the fields of every state that may fail. */
export function taskFields(reader: StateReader) {
  return {
    resource: readResource(reader),
    arguments: readTemplate(reader, 'Arguments'),
    ...readTimeouts(reader),
  };
}

function readTimeouts(reader: StateReader) {
  const timeoutSeconds = readInteger(reader, 'TimeoutSeconds', 1);
  const heartbeatSeconds = readInteger(reader, 'HeartbeatSeconds', 1);
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = reader.fields;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    const message = `HeartbeatSeconds (${heartbeat}) must be smaller than TimeoutSeconds (${timeout})`;
    reader.diagnostics.schema(message, `${reader.pointer}/HeartbeatSeconds`);
  }
  return { timeoutSeconds, heartbeatSeconds };
}

function readResource(reader: StateReader): Resource {
  const { fields, diagnostics, pointer } = reader;
  const text = fields['Resource'];
  if (typeof text !== 'string') {
    if (text === undefined) diagnostics.schema('These fields are required: [Resource]', pointer);
    else diagnostics.schema('Expected value of type String', `${pointer}/Resource`);
    return { kind: 'function', arn: '' };
  }
  const parsed = parseResource(text);
  if (parsed.ok) {
    if (parsed.resource.kind === 'invoke') checkArguments(reader);
    return parsed.resource;
  }
  diagnostics.schema(parsed.reason, `${pointer}/Resource`);
  return { kind: 'function', arn: '' };
}

type ParsedResource =
  { readonly ok: true; readonly resource: Resource } | { readonly ok: false; readonly reason: string };

const FUNCTION_ARN = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(?::[^:]+)?$/;
const INTEGRATION_ARN = /^arn:[^:]+:states:[^:]*:[^:]*:(?<integration>.+)$/;

/** What the `Resource` of a Task names; anything but a Lambda is refused by its name. */
function parseResource(text: string): ParsedResource {
  if (FUNCTION_ARN.test(text)) return { ok: true, resource: { kind: 'function', arn: text } };
  const integration = INTEGRATION_ARN.exec(text)?.groups?.['integration'];
  if (integration === 'lambda:invoke')
    return { ok: true, resource: { kind: 'invoke', waitsForToken: false } };
  if (integration === 'lambda:invoke.waitForTaskToken') {
    return { ok: true, resource: { kind: 'invoke', waitsForToken: true } };
  }
  if (integration !== undefined || text.startsWith('arn:')) {
    return {
      ok: false,
      reason: `The local Step Functions runs Lambda functions only: the resource ${integration ?? text} is not supported`,
    };
  }
  return { ok: false, reason: 'Value is not a valid resource ARN' };
}

const INVOKE_FIELDS = ['ClientContext', 'FunctionName', 'InvocationType', 'LogType', 'Payload', 'Qualifier'];

/** What AWS refuses of the Arguments that `lambda:invoke` is given, as far as they are written down. */
function checkArguments({ fields, diagnostics, pointer, language }: StateReader): void {
  const name = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const given = fields[name];
  if (given === undefined) {
    diagnostics.schema(`${name} field is required for resource ARN: ${String(fields['Resource'])}`, pointer);
    return;
  }
  if (!isObject(given) || language === 'JSONPath') return;
  const place = `${pointer}/${name}`;
  if (given['FunctionName'] === undefined) {
    diagnostics.schema("The field 'FunctionName' is required but was missing", place);
  }
  for (const field of Object.keys(given)) {
    if (INVOKE_FIELDS.includes(field)) continue;
    diagnostics.schema(`The field "${field}" is not supported by Step Functions`, place);
  }
}
