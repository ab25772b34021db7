// Java's DateTimeFormatter, as far as dates, times and offsets go: formatting and parsing by the same table.
export default (realm) => {
  const MONTHS =
    'January February March April May June July August September October November December'.split(' ');
  const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
  const pad = (number, count) => realm.natives.padStart(String(number), count, '0');
  const name = (names) => (index, count) => (count === 4 ? names[index] : names[index].slice(0, 3));
  const numeric = (read, field) => ({
    show: (at, count) => pad(read(at), count),
    read: (count) => (count === 1 ? '\\d{1,4}' : `\\d{${count}}`),
    keep: (parts, text) => (parts[field] = Number(text)),
  });
  const year = {
    show: (at, count) => (count === 2 ? pad(at.getUTCFullYear() % 100, 2) : pad(at.getUTCFullYear(), count)),
    read: (count) => (count === 2 ? '\\d{2}' : '\\d{4}'),
    keep: (parts, text) => (parts.year = text.length === 2 ? 2000 + Number(text) : Number(text)),
  };
  const month = {
    show: (at, count) =>
      count > 2 ? name(MONTHS)(at.getUTCMonth(), count) : pad(at.getUTCMonth() + 1, count),
    read: (count) => (count > 2 ? '[A-Za-z]+' : count === 1 ? '\\d{1,2}' : '\\d{2}'),
    keep: (parts, text) =>
      (parts.month = /\d/.test(text)
        ? Number(text)
        : MONTHS.findIndex((each) => each.slice(0, 3) === text.slice(0, 3)) + 1),
  };
  const fraction = {
    show: (at, count) => realm.natives.padEnd(pad(at.getUTCMilliseconds(), 3), count, '0').slice(0, count),
    read: (count) => `\\d{${count}}`,
    keep: (parts, text) => (parts.millisecond = Number(realm.natives.padEnd(text, 3, '0').slice(0, 3))),
  };
  const weekday = {
    show: (at, count) => name(DAYS)(at.getUTCDay(), count),
    read: () => '[A-Za-z]+',
    keep: () => {},
  };
  const halfDay = {
    show: (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM'),
    read: () => '[AP]M',
    keep: (parts, text) => (parts.afternoon = text === 'PM'),
  };
  const offset = (width, zeroAsZ) => ({
    show: (_at, count, seconds) => realm.shownOffset(seconds, width(count), zeroAsZ),
    read: () => 'Z|[+-]\\d{2}(?::?\\d{2}){0,2}',
    keep: (parts, text) => (parts.zone = text),
  });
  const zoneName = {
    show: (_at, _count, seconds, zone) =>
      seconds === 0 && zone === undefined ? 'UTC' : String(zone ?? 'UTC'),
    read: () => '[A-Za-z][A-Za-z0-9_/+-]*|[+-]\\d{2}:?\\d{2}',
    keep: (parts, text) => (parts.zone = text),
  };
  const twelve = (hour) => (hour % 12 === 0 ? 12 : hour % 12);
  const LETTERS = {
    y: year,
    u: year,
    M: month,
    L: month,
    d: numeric((at) => at.getUTCDate(), 'day'),
    E: weekday,
    a: halfDay,
    H: numeric((at) => at.getUTCHours(), 'hour'),
    h: numeric((at) => twelve(at.getUTCHours()), 'hour'),
    m: numeric((at) => at.getUTCMinutes(), 'minute'),
    s: numeric((at) => at.getUTCSeconds(), 'second'),
    S: fraction,
    n: numeric((at) => at.getUTCMilliseconds() * 1_000_000, 'nanosecond'),
    X: offset((count) => count, true),
    x: offset((count) => count, false),
    Z: offset((count) => (count < 4 ? 2 : 5), false),
    V: zoneName,
    z: zoneName,
  };

  // Fields, literals, and the brackets of optional sections.
  const TOKEN = /'((?:[^']|'')*)'|([A-Za-z])\2*|[[\]]|[^A-Za-z[\]']+/g;
  const tokensOf = (pattern) =>
    [...realm.natives.matchAll(String(pattern), TOKEN)].map(([text, quoted, letter]) => {
      if (quoted !== undefined) return { literal: quoted === '' ? "'" : quoted.replace(/''/g, "'") };
      if (text === '[' || text === ']') return { bracket: text };
      if (letter === undefined) return { literal: text };
      const field = LETTERS[letter];
      if (field === undefined)
        throw TypeError(`util.time: the pattern letter ${letter} is not supported locally.`);
      return { field, count: text.length };
    });

  realm.formatDate = (milliseconds, pattern, zone) => {
    const seconds = realm.offsetAt(zone, milliseconds);
    const at = new Date(milliseconds + seconds * 1000);
    return tokensOf(pattern)
      .map(({ field, count, literal = '' }) => (field ? field.show(at, count, seconds, zone) : literal))
      .join('');
  };

  const quote = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const sourceOf = ({ field, count, literal, bracket }) => {
    if (bracket !== undefined) return bracket === '[' ? '(?:' : ')?';
    return field ? `(${field.read(count)})` : quote(literal);
  };
  const hourOf = ({ hour = 0, afternoon }) =>
    afternoon === undefined ? hour : (hour % 12) + (afternoon ? 12 : 0);

  realm.parseDate = (text, pattern, zone) => {
    const tokens = tokensOf(pattern);
    const found = new RegExp(`^${tokens.map(sourceOf).join('')}$`).exec(String(text));
    if (found === null) throw TypeError(`util.time: ${text} does not have the format ${pattern}.`);
    const parts = { year: 1970, month: 1, day: 1 };
    for (const [index, { field }] of tokens.filter((token) => token.field).entries()) {
      if (found[index + 1] !== undefined) field.keep(parts, found[index + 1]);
    }
    const { minute = 0, second = 0, millisecond = 0 } = parts;
    const shown = Date.UTC(
      parts.year,
      parts.month - 1,
      parts.day,
      hourOf(parts),
      minute,
      second,
      millisecond,
    );
    if (new Date(shown).getUTCDate() !== parts.day || minute > 59 || second > 59 || hourOf(parts) > 23)
      throw TypeError(`util.time: ${text} is not a date and time.`);
    const place = parts.zone ?? zone;
    if (place === undefined)
      throw TypeError(`util.time: ${text} has no time zone; put one into the format, or pass it.`);
    return realm.instantOf(place, shown);
  };
};
