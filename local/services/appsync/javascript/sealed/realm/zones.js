// Time zones: offsets as Java writes them, and names of the tz database.
export default (realm) => {
  const OFFSET = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/;
  const MINUTE = 60_000;
  const clocks = (zone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });

  const namedOffset = (zone, milliseconds) => {
    let clock;
    try {
      clock = clocks(zone);
    } catch {
      throw TypeError(`util.time: the time zone ${zone} is unknown.`);
    }
    const part = {};
    for (const { type, value } of clock.formatToParts(milliseconds)) part[type] = Number(value);
    const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
    return Math.round((shown - Math.floor(milliseconds / 1000) * 1000) / 1000);
  };

  // Seconds east of Greenwich at an instant.
  realm.offsetAt = (zone, milliseconds) => {
    const text = String(zone ?? 'UTC');
    if (/^(?:Z|UTC|GMT|UT)$/.test(text)) return 0;
    const found = OFFSET.exec(text);
    if (found === null) return namedOffset(text, milliseconds);
    const [, sign, hours, minutes = '0', seconds = '0'] = found;
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return sign === '-' ? -size : size;
  };

  // The instant at which the clocks of a zone show this time; `shown` counts as if they stood at Greenwich.
  realm.instantOf = (zone, shown) => {
    const guess = shown - realm.offsetAt(zone, shown) * 1000;
    const instant = shown - realm.offsetAt(zone, guess) * 1000;
    return Math.abs(instant - guess) < MINUTE ? guess : instant;
  };

  const pad = (number) => realm.natives.padStart(String(number), 2, '0');
  // Java's X: 1 hours and minutes if any, 2 +hhmm, 3 +hh:mm, 4 and 5 with seconds if any.
  realm.shownOffset = (seconds, width, zeroAsZ) => {
    if (zeroAsZ && seconds === 0) return 'Z';
    const size = Math.abs(seconds);
    const [hours, minutes, rest] = [size / 3600, (size / 60) % 60, size % 60].map(Math.floor);
    const colon = width === 3 || width === 5 ? ':' : '';
    const head = `${seconds < 0 ? '-' : '+'}${pad(hours)}`;
    if (width === 1 && minutes === 0) return head;
    return head + colon + pad(minutes) + (width >= 4 && rest !== 0 ? colon + pad(rest) : '');
  };
};
