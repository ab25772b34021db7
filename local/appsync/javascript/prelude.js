// What AppSync gives a resolver: util, extensions and runtime. This script runs inside the sealed context and knows
// nothing of the host; time and randomness come in with each call as data.
'use strict';
(() => {
  const ERROR = { ends: 'error' };
  const EARLY = { ends: 'early' };
  let state = null;

  const fail = (error) => {
    state.error = error;
    throw ERROR;
  };
  const shape = (message, type, data, info) => ({
    message: String(message),
    type: type ?? null,
    data: data ?? null,
    info: info ?? null,
  });

  // sfc32, seeded anew for each call with 128 random bits.
  const random32 = () => {
    const s = state.seed;
    const t = (s[0] + s[1] + s[3]) | 0;
    s[3] = (s[3] + 1) | 0;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = (s[2] + (s[2] << 3)) | 0;
    s[2] = (s[2] << 21) | (s[2] >>> 11);
    s[2] = (s[2] + t) | 0;
    return t >>> 0;
  };
  const random = () => random32() / 4294967296;
  const hex = (count) => Array.from({ length: count }, () => (random32() & 15).toString(16)).join('');
  const pick = (alphabet, count) =>
    Array.from({ length: count }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

  const utf8 = (text) => {
    const bytes = [];
    for (const character of String(text)) {
      const code = character.codePointAt(0);
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else {
        bytes.push(
          0xf0 | (code >> 18),
          0x80 | ((code >> 12) & 63),
          0x80 | ((code >> 6) & 63),
          0x80 | (code & 63),
        );
      }
    }
    return bytes;
  };
  const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const base64Encode = (text) => {
    const bytes = typeof text === 'string' ? utf8(text) : [...text];
    let out = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      out += BASE64[word >> 18] + BASE64[(word >> 12) & 63];
      out += i + 1 < bytes.length ? BASE64[(word >> 6) & 63] : '=';
      out += i + 2 < bytes.length ? BASE64[word & 63] : '=';
    }
    return out;
  };
  const base64Decode = (text) => {
    const digits = [
      ...String(text)
        .replace(/-/g, '+')
        .replace(/_/g, '/')
        .replace(/[^A-Za-z0-9+/]/g, ''),
    ];
    const bits = digits.map((digit) => BASE64.indexOf(digit));
    let encoded = '';
    for (let i = 0; i + 1 < bits.length; i += 4) {
      const word = (bits[i] << 18) | (bits[i + 1] << 12) | ((bits[i + 2] ?? 0) << 6) | (bits[i + 3] ?? 0);
      const count = Math.min(3, bits.length - i - 1);
      for (const byte of [word >> 16, (word >> 8) & 255, word & 255].slice(0, count)) {
        encoded += `%${byte.toString(16).padStart(2, '0')}`;
      }
    }
    try {
      return decodeURIComponent(encoded);
    } catch {
      return '';
    }
  };

  const AUTH_TYPES = { API_KEY: 'API Key Authorization', AWS_IAM: 'IAM Authorization' };
  const iso = (milliseconds) => new Date(milliseconds).toISOString();
  const pad = (number, size) => String(number).padStart(size, '0');
  const formatTime = (milliseconds, pattern) => {
    const date = new Date(milliseconds);
    const fields = {
      yyyy: date.getUTCFullYear(),
      MM: pad(date.getUTCMonth() + 1, 2),
      dd: pad(date.getUTCDate(), 2),
      HH: pad(date.getUTCHours(), 2),
      mm: pad(date.getUTCMinutes(), 2),
      ss: pad(date.getUTCSeconds(), 2),
      SSS: pad(date.getUTCMilliseconds(), 3),
    };
    return pattern.replace(/'([^']*)'|yyyy|MM|dd|HH|mm|SSS|ss|XXX|Z/g, (found, literal) =>
      literal === undefined ? (fields[found] ?? (found === 'XXX' ? 'Z' : '+0000')) : literal,
    );
  };
  const time = {
    nowISO8601: () => iso(state.now),
    nowEpochSeconds: () => Math.floor(state.now / 1000),
    nowEpochMilliSeconds: () => state.now,
    nowFormatted: (pattern) => formatTime(state.now, pattern),
    parseFormattedToEpochMilliSeconds: (text) => Date.parse(text),
    parseISO8601ToEpochMilliSeconds: (text) => Date.parse(text),
    epochMilliSecondsToSeconds: (milliseconds) => Math.floor(milliseconds / 1000),
    epochMilliSecondsToISO8601: (milliseconds) => iso(milliseconds),
    epochMilliSecondsToFormatted: (milliseconds, pattern = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX") =>
      formatTime(milliseconds, pattern),
  };

  const OPERATORS = new Set([
    'eq',
    'ne',
    'le',
    'lt',
    'ge',
    'gt',
    'contains',
    'notContains',
    'beginsWith',
    'in',
    'notIn',
    'between',
    'containsAny',
    'lte',
    'gte',
  ]);
  const cross = (groups, others) => groups.flatMap((group) => others.map((other) => [...group, ...other]));
  const alternatives = (filter, ignored) =>
    Object.entries(filter ?? {}).reduce(
      (groups, [name, value]) => {
        if (name === 'and') return value.reduce((all, one) => cross(all, alternatives(one, ignored)), groups);
        if (name === 'or') {
          const any = value.flatMap((one) => alternatives(one, ignored)).filter((group) => group.length > 0);
          return any.length === 0 ? groups : cross(groups, any);
        }
        if (ignored.includes(name)) return groups;
        const tests = Object.entries(value)
          .filter(([operator]) => OPERATORS.has(operator))
          .map(([operator, operand]) => [{ fieldName: name, operator, value: operand }]);
        return tests.length === 0 ? groups : cross(groups, tests);
      },
      [[]],
    );
  const transform = {
    toSubscriptionFilter: (filter, ignored = [], rules = {}) => {
      const base = alternatives(filter, ignored ?? []).filter((group) => group.length > 0);
      const ruleGroups =
        Object.keys(rules ?? {}).length === 0
          ? [[]]
          : alternatives({ or: Object.entries(rules).map(([name, rule]) => ({ [name]: rule })) }, []);
      const groups = cross(base.length === 0 ? [[]] : base, ruleGroups).filter((group) => group.length > 0);
      return groups.length === 0 ? null : { filterGroup: groups.map((filters) => ({ filters })) };
    },
  };

  const util = {
    error: (message, type, data, info) => fail(shape(message, type, data, info)),
    appendError: (message, type, data, info) => void state.appended.push(shape(message, type, data, info)),
    unauthorized: () =>
      fail({
        ...shape(`Not Authorized to access ${state.field} on type ${state.parent}`, 'Unauthorized'),
        unauthorized: true,
      }),
    validate: (condition, message, type, data) =>
      condition ? undefined : fail(shape(message, type ?? 'CustomTemplateException', data)),
    matches: (pattern, text) => new RegExp(`^(?:${pattern})$`, 'u').test(String(text)),
    authType: () => AUTH_TYPES[state.authMode] ?? AUTH_TYPES.API_KEY,
    autoId: () => {
      const variant = '89ab'[random32() & 3];
      return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
    },
    autoUlid: () => {
      const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
      let left = state.now;
      let stamp = '';
      for (let i = 0; i < 10; i += 1) {
        stamp = alphabet[left % 32] + stamp;
        left = Math.floor(left / 32);
      }
      return stamp + pick(alphabet, 16);
    },
    autoKsuid: () => pick('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 27),
    escapeJavaScript: (text) =>
      String(text).replace(/[\\"'/\b\f\n\r\t]|[^ -~]/g, (found) => {
        const short = {
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
        return short[found] ?? `\\u${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
      }),
    urlEncode: (text) =>
      encodeURIComponent(text)
        .replace(/%20/g, '+')
        .replace(/[!'()~]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`),
    urlDecode: (text) => decodeURIComponent(String(text).replace(/\+/g, ' ')),
    base64Encode,
    base64Decode,
    time,
    transform,
    str: {
      toUpper: (text) => String(text).toUpperCase(),
      toLower: (text) => String(text).toLowerCase(),
      toReplace: (text, from, to) => String(text).split(from).join(to),
      normalize: (text, form) => String(text).normalize(String(form).toUpperCase()),
    },
    math: {
      roundNum: (number) => Math.round(number),
      minVal: (left, right) => Math.min(left, right),
      maxVal: (left, right) => Math.max(left, right),
      randomDouble: () => random(),
      randomWithinRange: (least, most) => Math.floor(random() * (most - least)) + least,
    },
    http: {
      copyHeaders: (headers) => ({ ...headers }),
      addResponseHeader: (name, value) => void (state.headers[name] = String(value)),
      addResponseHeaders: (headers) => void Object.assign(state.headers, headers),
    },
  };

  const extend = (name) => (argument) => void state.extensions.push({ name, argument: argument ?? null });
  const extensions = {
    setSubscriptionFilter: extend('setSubscriptionFilter'),
    setSubscriptionInvalidationFilter: extend('setSubscriptionInvalidationFilter'),
    invalidateSubscriptions: extend('invalidateSubscriptions'),
    evictFromApiCache: extend('evictFromApiCache'),
  };
  const runtime = {
    earlyReturn: (value, options) => {
      state.early = { value: stringify(value ?? null) ?? 'null', skipTo: options?.skipTo ?? null };
      throw EARLY;
    },
  };

  const write =
    (level) =>
    (...words) =>
      void state.logs.push({
        level,
        text: words.map((word) => (typeof word === 'string' ? word : stringify(word))).join(' '),
      });
  const log = write('INFO');
  const provided = Object.freeze({ util, extensions, runtime });
  for (const part of [util, extensions, runtime, time, transform, util.str, util.math, util.http])
    Object.freeze(part);
  const console = Object.freeze({ log, error: write('ERROR'), warn: log, info: log, debug: log });
  const parse = JSON.parse;
  const stringify = JSON.stringify;
  // AppSync's JSON.parse answers invalid text with nothing instead of an error.
  const lenient = (text, reviver) => {
    try {
      return parse(text, reviver);
    } catch {
      return '';
    }
  };
  JSON.parse = lenient;

  const hide = (info) => {
    for (const name of ['selectionSetList', 'selectionSetGraphQL']) {
      if (info && name in info) Object.defineProperty(info, name, { value: info[name], enumerable: false });
    }
  };
  const end = (handler, ctx) => {
    try {
      return { kind: 'result', value: stringify(handler(ctx) ?? null) ?? 'null' };
    } catch (error) {
      if (error === ERROR) return { kind: 'error', unauthorized: false, ...state.error };
      if (error === EARLY) return { kind: 'earlyReturn', ...state.early };
      return { kind: 'failed', type: 'Code', message: String(error?.message ?? 'The handler failed.') };
    }
  };
  const run = (factory, name, input) => {
    const { context, now, seed } = parse(input);
    const authMode = context.identity ? 'AWS_IAM' : 'API_KEY';
    state = {
      now,
      seed,
      authMode,
      field: context.info?.fieldName,
      parent: context.info?.parentTypeName,
      appended: [],
      extensions: [],
      headers: {},
      logs: [],
    };
    hide(context.info);
    const module = { exports: {} };
    factory(() => provided, module, module.exports, { util, extensions, runtime, console });
    const handler = module.exports[name];
    const ended = end(handler, context);
    const { appended, extensions: calls, headers, logs } = state;
    const stash = stringify(context.stash ?? {});
    return stringify({ ...ended, stash, appended, extensions: calls, responseHeaders: headers, logs });
  };
  for (const intrinsic of [
    Object,
    Array,
    String,
    Number,
    Boolean,
    Function,
    Date,
    RegExp,
    Map,
    Set,
    Error,
    JSON,
    Math,
  ]) {
    if (intrinsic.prototype) Object.freeze(intrinsic.prototype);
    Object.freeze(intrinsic);
  }
  return run;
})();
