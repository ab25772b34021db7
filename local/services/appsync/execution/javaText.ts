/** What Java's `String.valueOf` makes of a value that came from JSON: maps as `{a=1}`, lists as `[1, 2]`. */
export function javaText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return javaNumber(value);
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}=${javaText(member)}`)
    .join(', ')}}`;
}

const MIN_PLAIN = 1e-3;
const MIN_SCIENTIFIC = 1e7;

/** JSON without a fraction is an integer for Java; everything else is a double. */
function javaNumber(value: number): string {
  const text = String(value);
  if (/^-?\d+$/.test(text)) return text;
  const size = Math.abs(value);
  if (size >= MIN_PLAIN && size < MIN_SCIENTIFIC) return text;
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
}

const MIN_INTEGER = -(2 ** 31);

/** The class that Java's JSON reader gives a value. */
export function javaTypeName(value: unknown): string {
  if (Array.isArray(value)) return 'ArrayList';
  if (typeof value === 'object') return value === null ? 'null' : 'LinkedHashMap';
  if (typeof value !== 'number') return typeof value === 'string' ? 'String' : 'Boolean';
  if (!/^-?\d+$/.test(String(value))) return 'Double';
  if (value >= MIN_INTEGER && value < -MIN_INTEGER) return 'Integer';
  return Number.isSafeInteger(value) ? 'Long' : 'BigInteger';
}
