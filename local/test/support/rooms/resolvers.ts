const answering = (
  payload: string,
  response = 'return ctx.result',
) => `import { extensions, util } from '@aws-appsync/utils';
export function request(ctx) { return { payload: ${payload} } }
export function response(ctx) { ${response} }
`;

const INPUT = answering('ctx.args.input');
const ROOM = answering('{ id: ctx.args.id }');

/** What each field does, on the NONE data source. */
export const RESOLVERS: Readonly<Record<string, string>> = {
  'Query.room': ROOM,
  'Query.nested': answering(
    `{ leaf: 'a', nested: { leaf: 'b', nested: { leaf: 'c', nested: { leaf: 'd' } } } }`,
  ),
  'Query.strict': answering(`{ id: '1' }`),
  'Query.strictRooms': answering(`[{ id: '1' }, { name: 'no id' }]`),
  'Query.failing': answering(
    'null',
    `util.error(ctx.args.message ?? 'No room', 'RoomGone', { id: '1', name: 'x', size: 2 }, { retryable: false });`,
  ),
  'Query.signed': answering(`util.authType()`),
  'Query.moment': answering(`'soon'`),
  'Mutation.publishRoom': INPUT,
  'Mutation.publishStrict': INPUT,
  'Mutation.publishSigned': INPUT,
  'Mutation.failToPublish': answering('ctx.args.input', `util.error('Not published', 'Refused');`),
  'Mutation.closeRooms': answering(
    `{ id: 'closed' }`,
    `for (const name of ctx.args.names) {
      extensions.invalidateSubscriptions({ subscriptionField: 'onClosing', payload: { name } });
    }
    return null;`,
  ),
  'Subscription.onFiltered': answering(
    'null',
    `extensions.setSubscriptionFilter(ctx.args.filter); return null;`,
  ),
  'Subscription.onClosing': answering(
    'null',
    `extensions.setSubscriptionInvalidationFilter({
      filterGroup: [{ filters: [{ fieldName: 'name', operator: 'eq', value: ctx.args.name }] }],
    });
    return null;`,
  ),
  'Subscription.onGuarded': answering(
    'null',
    `if (ctx.args.name === 'closed') { util.unauthorized(); }
    if (ctx.args.name === 'broken') { util.error('Not now', 'Busy'); }
    return null;`,
  ),
};
