// One call of a handler: the module is run anew, `ctx` is parsed here, and only text leaves.
export default (realm) => {
  const { parse, stringify } = JSON;
  const MAX_RESULT_CHARACTERS = 5 * 1_048_576;
  const MAX_ITERATIONS = 1_000;
  const { defineProperty, freeze } = Object;

  const hide = (info) => {
    for (const name of ['selectionSetList', 'selectionSetGraphQL']) {
      if (info && Object.hasOwn(info, name))
        defineProperty(info, name, { value: info[name], enumerable: false });
    }
  };
  const modeOf = (identity) => {
    if (!identity) return 'API_KEY';
    if (identity.defaultAuthStrategy) return 'AMAZON_COGNITO_USER_POOLS';
    return identity.issuer ? 'OPENID_CONNECT' : 'AWS_IAM';
  };
  const begin = ({ now, seed }, { identity, info }) => {
    realm.call = {
      now,
      seed,
      authMode: modeOf(identity),
      field: info?.fieldName,
      parent: info?.parentTypeName,
      appended: [],
      extensions: [],
      headers: [],
      logs: [],
      logged: 0,
    };
  };
  const failed = (message, type = 'Code') => ({ kind: 'failed', type, message, logs: realm.call.logs });

  // The value is turned into text inside the guard: a getter or a toJSON of it is code, too.
  const ended = (factory, name, ctx) => {
    try {
      const value = factory(realm)[name](ctx);
      return { kind: 'result', value: stringify(value ?? null) ?? 'null' };
    } catch (thrown) {
      return realm.endOf(thrown);
    }
  };
  const outcomeOf = (factory, name, context) => {
    context.args = context.arguments;
    hide(context.info);
    const end = ended(factory, name, freeze(context));
    const { appended, extensions, headers, logs } = realm.call;
    if (end.kind === 'failed') return { ...end, logs };
    if (end.value !== undefined && end.value.length > MAX_RESULT_CHARACTERS)
      return failed('The evaluated result of the resolver is larger than 5 MB.', 'MappingTemplate');
    try {
      const stash = stringify(context.stash ?? {});
      return { ...end, stash, appended, extensions, responseHeaders: headers, logs };
    } catch (thrown) {
      return failed(`ctx.stash cannot be written as JSON: ${thrown?.message}`);
    }
  };

  // A NONE data source gives the payload of the request back as the result of the response.
  const unit = (factory, head, text) => {
    const context = parse(text);
    begin(head, context);
    const request = outcomeOf(factory, 'request', context);
    if (request.kind !== 'result') return { request, response: null };
    const next = parse(text);
    next.result = parse(request.value)?.payload ?? null;
    next.stash = parse(request.stash);
    begin(head, next);
    return { request, response: outcomeOf(factory, 'response', next) };
  };
  const one = (factory, head, text) => {
    const context = parse(text);
    begin(head, context);
    return outcomeOf(factory, head.handler, context);
  };

  realm.run = (factory, headText, text) => {
    const head = parse(headText);
    return stringify(head.handler === 'unit' ? unit(factory, head, text) : one(factory, head, text));
  };
  realm.tooManyIterations = () => {
    throw TypeError(`A loop may run ${MAX_ITERATIONS} times at most.`);
  };
};
