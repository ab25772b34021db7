import type { Resource } from './definition.ts';

export type ParsedResource =
  { readonly ok: true; readonly resource: Resource } | { readonly ok: false; readonly reason: string };

const FUNCTION_ARN = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(?::[^:]+)?$/;
const INTEGRATION_ARN = /^arn:[^:]+:states:[^:]*:[^:]*:(?<integration>.+)$/;

/** What the `Resource` of a Task names; anything but a Lambda is refused by its name. */
export function parseResource(text: string): ParsedResource {
  if (FUNCTION_ARN.test(text)) return { ok: true, resource: { kind: 'function', arn: text } };
  const integration = INTEGRATION_ARN.exec(text)?.groups?.['integration'];
  if (integration === 'lambda:invoke')
    return { ok: true, resource: { kind: 'invoke', waitsForToken: false } };
  if (integration === 'lambda:invoke.waitForTaskToken') {
    return { ok: true, resource: { kind: 'invoke', waitsForToken: true } };
  }
  if (integration !== undefined || text.startsWith('arn:')) {
    return {
      ok: false,
      reason: `The local Step Functions runs Lambda functions only: the resource ${integration ?? text} is not supported`,
    };
  }
  return { ok: false, reason: 'Value is not a valid resource ARN' };
}
