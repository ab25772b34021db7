// What AppSync gives a resolver: `util`, `extensions`, `runtime` and `console`.
export default (realm) => {
  const ERROR = Object.freeze({ ends: 'error' });
  const EARLY = Object.freeze({ ends: 'early' });
  const { stringify } = JSON;
  const fail = (error) => {
    realm.call.error = error;
    throw ERROR;
  };
  const shape = (message, type, data, info) => ({
    message: String(message),
    type: type === undefined || type === null ? null : String(type),
    data: data ?? null,
    info: info ?? null,
  });
  const AUTH_TYPES = {
    API_KEY: 'API Key Authorization',
    AWS_IAM: 'IAM Authorization',
    OPENID_CONNECT: 'Open ID Connect Authorization',
    AMAZON_COGNITO_USER_POOLS: 'User Pool Authorization',
  };
  // Headers of the connection, which a copy must not carry on.
  const RESTRICTED =
    'transfer-encoding connection host expect keep-alive upgrade proxy-authenticate proxy-authorization te content-length'.split(
      ' ',
    );
  const headerText = (value) =>
    typeof value === 'object' && value !== null ? stringify(value) : String(value);
  const addResponseHeader = (name, value) =>
    void realm.call.headers.push([
      String(name ?? ''),
      value === undefined || value === null ? null : headerText(value),
    ]);
  const kindOf = (value) =>
    value === undefined || value === null
      ? 'nothing'
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object'
          ? 'an object'
          : `a ${typeof value}`;
  // AppSync passes over a call whose message or type is not a text (aws-appsync-community 384).
  const isCall = (name, message, type) => {
    const wrong =
      typeof message !== 'string'
        ? ['message', message]
        : (type ?? '') !== '' && typeof type !== 'string'
          ? ['type', type]
          : null;
    if (wrong !== null)
      warn(
        `${name} was called with ${kindOf(wrong[1])} as its ${wrong[0]}: AppSync ignores such a call. Pass a string.`,
      );
    return wrong === null;
  };

  realm.util = {
    error: (message, type, data, info) => {
      if (isCall('util.error', message, type)) fail(shape(message, type, data, info));
    },
    appendError: (message, type, data, info) => {
      if (isCall('util.appendError', message, type))
        realm.call.appended.push(parse(stringify(shape(message, type, data, info))));
    },
    unauthorized: () => {
      const { field, parent } = realm.call;
      const error = shape(`Not Authorized to access ${field} on type ${parent}`, 'Unauthorized');
      fail({ ...error, unauthorized: true });
    },
    matches: realm.matches,
    authType: () => AUTH_TYPES[realm.call.authMode],
    autoId: realm.autoId,
    autoUlid: realm.autoUlid,
    autoKsuid: realm.autoKsuid,
    escapeJavaScript: realm.escapeJavaScript,
    urlEncode: realm.urlEncode,
    urlDecode: realm.urlDecode,
    base64Encode: realm.base64Encode,
    base64Decode: realm.base64Decode,
    time: realm.time,
    transform: { toSubscriptionFilter: realm.toSubscriptionFilter },
    str: { normalize: realm.normalize },
    math: {
      roundNum: (number) => Math.round(number),
      minVal: (left, right) => Math.min(left, right),
      maxVal: (left, right) => Math.max(left, right),
      randomDouble: () => realm.random(),
      randomWithinRange: (least, most) => Math.floor(realm.random() * (most - least)) + least,
    },
    http: {
      copyHeaders: (headers) =>
        Object.fromEntries(
          Object.entries(headers ?? {}).filter(([name]) => !RESTRICTED.includes(name.toLowerCase())),
        ),
      addResponseHeader,
      addResponseHeaders: (headers) => {
        for (const [name, value] of Object.entries(headers ?? {})) addResponseHeader(name, value);
      },
    },
  };

  const { parse } = JSON;
  const extend = (name) => (argument) =>
    void realm.call.extensions.push({ name, argument: parse(stringify(argument ?? null)) });
  realm.extensions = {
    setSubscriptionFilter: extend('setSubscriptionFilter'),
    setSubscriptionInvalidationFilter: extend('setSubscriptionInvalidationFilter'),
    invalidateSubscriptions: extend('invalidateSubscriptions'),
    evictFromApiCache: extend('evictFromApiCache'),
  };
  realm.runtime = {
    earlyReturn: (value, options) => {
      const skipTo = options?.skipTo ?? null;
      if (skipTo !== null && skipTo !== 'END' && skipTo !== 'NEXT')
        throw TypeError(`runtime.earlyReturn: skipTo is END or NEXT, not ${skipTo}.`);
      realm.call.early = { value: stringify(value ?? null) ?? 'null', skipTo };
      throw EARLY;
    },
  };

  const MAX_LOGGED_CHARACTERS = 65_536;
  const write =
    (level) =>
    (...words) => {
      const { logs } = realm.call;
      const text = words.map((word) => (typeof word === 'string' ? word : stringify(word))).join(' ');
      realm.call.logged += text.length + 1;
      if (realm.call.logged <= MAX_LOGGED_CHARACTERS) logs.push({ level, text });
    };
  const warn = write('WARN');
  realm.console = { log: write('INFO'), error: write('ERROR') };

  // How a handler ended that threw.
  realm.endOf = (thrown) => {
    const { error, early } = realm.call;
    if (thrown === ERROR) return { kind: 'error', unauthorized: false, ...error };
    if (thrown === EARLY) return { kind: 'earlyReturn', ...early };
    return realm.failureOf(thrown);
  };
};
