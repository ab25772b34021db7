import { isJson } from '../../../ground/json.ts';

/** Why a text is not JSON, in Jackson's words; null when it is. The common cases only. */
export function jsonProblem(text: string): string | null {
  if (isJson(text)) return null;
  const start = text.trimStart();
  const word = /^[A-Za-z_$][\w$]*/.exec(start)?.[0];
  if (word !== undefined) {
    return `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  }
  const name = /^\{\s*([^\s"}])/.exec(start)?.[1];
  if (name !== undefined) {
    return `Unexpected character ('${name}' (code ${name.charCodeAt(0)})): was expecting double-quote to start field name`;
  }
  const first = start[0];
  if (first !== undefined && !/["[{\d-]/.test(first)) {
    return `Unexpected character ('${first}' (code ${first.charCodeAt(0)})): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  }
  return 'Unexpected end-of-input or character in the JSON text';
}
