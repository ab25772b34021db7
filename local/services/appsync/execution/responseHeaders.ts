import { FieldError } from '../errors.ts';
import { MAX_RESPONSE_HEADER_BYTES } from '../limits.ts';
import type { Remains } from '../javascript/evaluator.ts';
import { appendError } from './appendError.ts';
import type { FieldCall } from './execution.ts';

/** AWS's documentation of `util.http` forbids these names; the last line frames the response and is the server's own. */
const RESTRICTED =
  /^(?:transfer-encoding|connection|host|expect|keep-alive|upgrade|proxy-authenticate|proxy-authorization|te|content-length|access-control-(?:allow-credentials|allow-origin|expose-headers|max-age|allow-methods|allow-headers)|vary|content-type|x-amzn-.*|x-amz-.*|date|trailer)$/i;

/**
 * Adds what handlers gave `util.http.addResponseHeader`. A header that AppSync does not take is left out, and the
 * answer gets a ResponseHeaderError, as the guide says; every header that was given counts for the size.
 */
export function addResponseHeaders(call: FieldCall, headers: Remains['responseHeaders']): void {
  const { execution } = call;
  for (const [name, value] of headers) {
    execution.responseHeaderBytes += Buffer.byteLength(name) + Buffer.byteLength(value ?? '');
    const problem = problemOf(name, value, execution.responseHeaderBytes);
    if (problem === null && value !== null) execution.responseHeaders[name.toLowerCase()] = value;
    else appendError(call, new FieldError({ message: `${problem}`, errorType: 'ResponseHeaderError' }));
  }
}

function problemOf(name: string, value: string | null, bytes: number): string | null {
  if (name === '') return 'A response header needs a name.';
  const header = `The response header ${name.slice(0, MAX_SHOWN_CHARACTERS)}`;
  if (value === null) return `${header} needs a value; got null.`;
  if (RESTRICTED.test(name)) return `${header} cannot be set by a resolver: its name is restricted.`;
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return `${header} is not a valid name of an HTTP header.`;
  if (!/^[\t -~]*$/.test(value)) return `${header} may hold printable ASCII characters only.`;
  if (bytes > MAX_RESPONSE_HEADER_BYTES)
    return `${header} is too large: the names and values of all headers may have ${MAX_RESPONSE_HEADER_BYTES} bytes.`;
  return null;
}

const MAX_SHOWN_CHARACTERS = 100;
