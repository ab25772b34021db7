/** A module whose request handler has the body, which begins on line 3. */
export function handlerCode(body: string): string {
  return `import { util, extensions, runtime } from '@aws-appsync/utils';
export function request(ctx) {
${body}
}
export function response(ctx) {
  return ctx.result;
}
`;
}
