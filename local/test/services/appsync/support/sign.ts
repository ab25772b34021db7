import {
  sign as signRequest,
  signForSocket as signAuthorization,
  type SignOptions,
} from '../../../../testing/sign.ts';
import { CREDENTIALS } from './startApi.ts';

export type Signing = Partial<SignOptions> & { readonly url: string; readonly body: string };

/** The headers of a POST to the rooms, signed as an AWS SDK signs it. */
export function sign({ headers = {}, ...request }: Signing): Promise<Record<string, string>> {
  return signRequest({
    service: 'appsync',
    credentials: CREDENTIALS,
    ...request,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** What a client puts into the auth object of a socket. */
export function signForSocket(url: string, body: string): Promise<Record<string, string>> {
  return signAuthorization({ url, body, service: 'appsync', credentials: CREDENTIALS });
}
