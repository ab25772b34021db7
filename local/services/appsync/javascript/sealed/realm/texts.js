// Encodings, escapes and patterns of `util`; all text is UTF-8, as on AppSync.
export default (realm) => {
  const { charCodeAt, padStart, repeat } = realm.natives;
  const hexOf = (found) => charCodeAt(found, 0).toString(16).toUpperCase();
  const wellFormed = (text, substitute) => String(text).replace(/[\uD800-\uDFFF]/gu, substitute); // with u, only lone surrogates match
  const bytesOf = (text) =>
    (encodeURIComponent(wellFormed(text, '?')).match(/%..|[^%]/g) ?? []).map((part) =>
      part.length === 3 ? Number.parseInt(part.slice(1), 16) : charCodeAt(part, 0),
    );
  const percent = (byte) => `%${padStart(byte.toString(16), 2, '0')}`;
  const SEQUENCE = /(?:%[c-d].%[89ab].|%e.%[89ab].%[89ab].|%f[0-4]%[89ab].%[89ab].%[89ab].|%[0-7].)|%../g;
  const decoded = (sequence) => {
    try {
      return decodeURIComponent(sequence);
    } catch {
      return repeat('\uFFFD', sequence.length / 3);
    }
  };
  // Bytes that are not UTF-8 become U+FFFD, as in Java.
  const textOf = (bytes) => bytes.map(percent).join('').replace(SEQUENCE, decoded);

  const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  realm.base64Encode = (text) => {
    const bytes = bytesOf(text);
    let out = '';
    for (let at = 0; at < bytes.length; at += 3) {
      const word = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      out += BASE64[word >> 18] + BASE64[(word >> 12) & 63];
      out += at + 1 < bytes.length ? BASE64[(word >> 6) & 63] : '=';
      out += at + 2 < bytes.length ? BASE64[word & 63] : '=';
    }
    return out;
  };
  realm.base64Decode = (text) => {
    // Padding stands at the end, and one character alone holds no byte.
    const clean = String(text)
      .replace(/-/g, '+')
      .replace(/_/g, '/')
      .replace(/\s/g, '')
      .replace(/={1,2}$/, '');
    if (/[^A-Za-z0-9+/]/.test(clean) || clean.length % 4 === 1)
      throw TypeError(`util.base64Decode: this is not base64: ${text}`);
    const bytes = [];
    for (let at = 0; at + 1 < clean.length; at += 4) {
      const [a, b, c = 0, d = 0] = clean
        .slice(at, at + 4)
        .split('')
        .map((digit) => BASE64.indexOf(digit));
      const word = (a << 18) | (b << 12) | (c << 6) | d;
      bytes.push(...[word >> 16, (word >> 8) & 255, word & 255].slice(0, Math.min(3, clean.length - at - 1)));
    }
    return textOf(bytes);
  };

  const upperHex = (found) => `%${hexOf(found)}`;
  // application/x-www-form-urlencoded, as Java's URLEncoder writes it: only letters, digits and .-*_ stay.
  realm.urlEncode = (text) =>
    encodeURIComponent(wellFormed(text, '?'))
      .replace(/%20/g, '+')
      .replace(/[!'()~]/g, upperHex);
  realm.urlDecode = (text) => {
    const plain = String(text).replace(/\+/g, ' ');
    if (/%(?![0-9a-f]{2})/i.test(plain)) throw TypeError(`util.urlDecode: this is not URL-encoded: ${text}`);
    return plain.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
      textOf((run.match(/[0-9a-f]{2}/gi) ?? []).map((byte) => Number.parseInt(byte, 16))),
    );
  };

  const SHORT = {
    '\\': '\\\\',
    '"': '\\"',
    "'": "\\'",
    '/': '\\/',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
  };
  realm.escapeJavaScript = (text) =>
    String(text).replace(
      /[\\"'/]|[^ -\x7f]/g,
      (found) => SHORT[found] ?? `\\u${padStart(hexOf(found), 4, '0')}`,
    );

  const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'];
  realm.normalize = (text, form) => {
    const name = String(form).toUpperCase();
    if (!FORMS.includes(name))
      throw TypeError(`util.str.normalize takes nfc, nfd, nfkc or nfkd, not ${form}.`);
    return String(text).normalize(name);
  };

  // Java names the ASCII classes in its own way; the rest of the common constructs is alike.
  const CLASSES = {
    Lower: 'a-z',
    Upper: 'A-Z',
    Alpha: 'a-zA-Z',
    Digit: '0-9',
    Alnum: 'a-zA-Z0-9',
    Punct: '!-/:-@\\[-`{-~',
    XDigit: '0-9a-fA-F',
    Space: '\\s',
    Blank: ' \\t',
  };
  const translated = (pattern) =>
    pattern
      .replace(/(\[[^\]]*)?\\p\{(\w+)\}/g, (found, open, name) => {
        const inner = CLASSES[name];
        if (inner === undefined) return found;
        return open === undefined ? `[${inner}]` : `${open}${inner}`;
      })
      .replace(/([*+?}])\+/g, '$1'); // possessive: greedy finds what it would in all that people write
  const compiled = (pattern, flags, sourceOf) => {
    const [, modifiers = '', body] = /^(?:\(\?([imsu]+)\))?(.*)$/s.exec(translated(String(pattern)));
    const all = flags + modifiers.replace(/u/, '');
    const source = sourceOf(body);
    try {
      return new RegExp(source, `${all}u`);
    } catch {
      return new RegExp(source, all); // Java allows more escapes than the u flag does
    }
  };
  realm.matches = (pattern, text) => {
    const whole = (body) => `^(?:${body.replace(/^\\A|\\[zZ]$/g, '')})$`;
    return compiled(pattern, '', whole).test(String(text));
  };
  // What `replace` and `replaceAll` of texts take on AppSync is a pattern of Java.
  realm.patternOf = (pattern, flags) => {
    const ends = (body) => body.replace(/^\\A/, '^').replace(/\\[zZ]$/, '$');
    try {
      return compiled(pattern, flags, ends);
    } catch {
      throw TypeError(`replace and replaceAll cannot take this pattern: ${pattern}`);
    }
  };
};
