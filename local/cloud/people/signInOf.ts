import type { TokenProvider } from '../../services/appsync/access/tokenProvider.ts';

export type SignIn = { readonly issuer: string; readonly clientId: string };

/**
 * Where a page signs people in: at the development issuer when there is one, otherwise at the first issuer that the
 * API names. Null where no mode takes tokens, or where its client is an expression over several ids.
 */
export function signInOf(providers: readonly TokenProvider[], standIn: string | null): SignIn | null {
  const [provider] = providers;
  if (provider === undefined) return null;
  const clientId = literalOf(provider.clientId ?? '');
  return clientId === null ? null : { issuer: standIn ?? provider.issuer, clientId };
}

/** The one text that a regular expression matches; null when it matches several. */
function literalOf(expression: string): string | null {
  const inner = expression.replace(/^\^|\$$/g, '');
  const plain = inner.replace(/\\([^\w\s])/g, '').replace(/[\w\-:/@ ]/g, '');
  return plain === '' && inner !== '' ? inner.replace(/\\([^\w\s])/g, '$1') : null;
}
