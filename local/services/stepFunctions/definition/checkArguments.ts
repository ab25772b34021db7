import { isObject } from '../json.ts';
import type { StateReader } from './stateReader.ts';

const INVOKE_FIELDS = ['ClientContext', 'FunctionName', 'InvocationType', 'LogType', 'Payload', 'Qualifier'];

/** What AWS refuses of the Arguments that `lambda:invoke` is given, as far as they are written down. */
export function checkArguments({ fields, diagnostics, pointer, language }: StateReader): void {
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
