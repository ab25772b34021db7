import { isObject, parseJsonObject, parseText } from '../ground/json.ts';

const MAX_CHARACTERS = 400;
/** The CDK's names of functions end in a hash, and have another one from CloudFormation. */
const HASHES = /(?:[0-9A-F]{8})?-[0-9A-F]{12}$/;

/** The folder of a function's code: what follows is the place of the source in the app. */
const BUNDLE = /[^\s"'(]*[\\/]asset\.[0-9a-f]{64}[\\/]/g;

/** A line of a function's log as a person reads it in the terminal; null for one that only the log files keep. */
export function terminalLine(source: string, line: string): string | null {
  const fields = parseJsonObject(line);
  const name = source.replace(HASHES, '');
  if (fields === null) return `${name} | ${line}`;
  if (typeof fields['type'] === 'string' && fields['type'].startsWith('platform.')) return null;
  const { level, message } = fields;
  const text = [parseText(level, ''), textOf(message ?? fields['errorMessage'] ?? line), errorOf(fields)]
    .filter((part) => part !== '')
    .join(' ')
    .replaceAll(BUNDLE, '');
  return `${name} | ${text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text}`;
}

function textOf(message: unknown): string {
  if (isObject(message) && typeof message['errorType'] === 'string') return ''; // `errorOf` has it
  return typeof message === 'string' ? message : (JSON.stringify(message) ?? '');
}

/** The error's first line and where it was thrown; the file has the whole trace. */
function errorOf(fields: Readonly<Record<string, unknown>>): string {
  const { errorType, errorMessage, stackTrace } = isObject(fields['message']) ? fields['message'] : fields;
  if (typeof errorType !== 'string') return '';
  const [place = ''] = Array.isArray(stackTrace)
    ? stackTrace.map(String).filter((one) => /^\s*at /.test(one))
    : [];
  return `(${[`${errorType}: ${parseText(errorMessage, '')}`, place.trim()].filter((part) => part !== '').join(' ')})`;
}
