// `util.time`. The clock of the call came in with it.
export default (realm) => {
  const ISO =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)$/;
  const SPLIT = /^(.{10})T(\d{2}:\d{2})(?::(\d{2}))?(?:\.(\d+))?(Z|[+-].+)$/;
  const number = (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw TypeError(`util.time takes milliseconds since 1970 as a number, not ${value}.`);
    return value;
  };
  const parseIso = (text) => {
    if (!ISO.test(text)) throw TypeError(`util.time: ${text} is not an ISO 8601 time with a time zone.`);
    const [, date, minutes, seconds = '00', fraction = '', zone] = SPLIT.exec(text);
    const whole = `${date} ${minutes}:${seconds}.${realm.natives.padEnd(fraction, 3, '0').slice(0, 3)}${zone}`;
    return realm.parseDate(whole, 'yyyy-MM-dd HH:mm:ss.SSSX');
  };
  realm.time = {
    nowISO8601: () => new Date(realm.call.now).toISOString(),
    nowEpochSeconds: () => Math.floor(realm.call.now / 1000),
    nowEpochMilliSeconds: () => realm.call.now,
    nowFormatted: (pattern, zone) => realm.formatDate(realm.call.now, pattern, zone),
    parseFormattedToEpochMilliSeconds: (text, pattern, zone) => realm.parseDate(text, pattern, zone),
    parseISO8601ToEpochMilliSeconds: (text) => parseIso(String(text)),
    epochMilliSecondsToSeconds: (milliseconds) => Math.floor(number(milliseconds) / 1000),
    epochMilliSecondsToISO8601: (milliseconds) => new Date(number(milliseconds)).toISOString(),
    epochMilliSecondsToFormatted: (milliseconds, pattern, zone) =>
      realm.formatDate(number(milliseconds), pattern, zone),
  };
};
