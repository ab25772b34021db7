import type { Reader } from './readers.ts';

/** Where signed-in approvers come from. */
export type Approvers =
  | { readonly kind: 'oidc'; readonly issuer: string; readonly clientId: string }
  | { readonly kind: 'cognito'; readonly userPoolId: string; readonly clientId: string };

const FORM = /^(oidc|cognito):([^,\s]+),([^,\s]{1,255})$/;
const USER_POOL = /^[a-z]{2}(-[a-z]+)+-\d_[A-Za-z0-9]{1,47}$/;

/** Reads `oidc:ISSUER,CLIENT_ID` and `cognito:USER_POOL_ID,CLIENT_ID`. */
export const approvers: Reader<Approvers> = {
  allowed:
    'oidc:ISSUER,CLIENT_ID with the https address of an issuer, or cognito:USER_POOL_ID,CLIENT_ID with an id such as eu-central-1_AbCdEfGhI',
  read: (value) => {
    const [, kind, place = '', clientId = ''] = FORM.exec(typeof value === 'string' ? value : '') ?? [];
    if (kind === 'oidc') return isIssuer(place) ? { kind, issuer: place, clientId } : undefined;
    return kind === 'cognito' && USER_POOL.test(place) ? { kind, userPoolId: place, clientId } : undefined;
  },
};

/** AppSync asks an issuer over TLS; the local cloud also asks one on the same machine. */
function isIssuer(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, search, hash } = new URL(address);
  const isHere = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || isHere) && search === '' && hash === '';
}

/** The region of a user pool, which its id begins with. */
export function regionOfUserPool(userPoolId: string): string {
  return userPoolId.slice(0, userPoolId.indexOf('_'));
}
