export function request(ctx) {
  return { operation: 'Invoke', payload: { name: ctx.args.name } };
}

export function response(ctx) {
  return ctx.result;
}
