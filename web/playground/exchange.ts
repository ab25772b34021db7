/** One request over HTTP and what became of it. */
export type Exchange = {
  readonly url: string;
  /** The body, as it was sent. */
  readonly body: string;
  readonly caller: Caller;
  /** Without those that hold the secret of an IAM caller or a person's token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly milliseconds: number;
  readonly bytes: number;
  /** The service's own id of the request. */
  readonly requestId: string | null;
};

/** An API key, credentials with which requests are signed, or a token; all stay in the memory of the tab. */
export type Caller =
  | { readonly kind: 'API key' }
  | {
      readonly kind: 'IAM';
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      /** Of temporary credentials, such as those of a role; empty where they are not. */
      readonly sessionToken: string;
    }
  | { readonly kind: 'person' };

/** Names the region of AppSync's own addresses; the local cloud has this one. */
export function regionOf(url: string): string {
  return /\.appsync-api\.([a-z0-9-]+)\./.exec(url)?.[1] ?? 'us-east-1';
}

/** A command that makes the same request in a POSIX shell. It takes secrets and tokens from variables of that shell. */
export function curlOf({ url, body, caller, headers }: Exchange): string {
  const isTemporary = caller.kind === 'IAM' && caller.sessionToken !== '';
  const session = isTemporary ? ' -H "x-amz-security-token: $AWS_SESSION_TOKEN"' : '';
  const identities = {
    'API key': '',
    IAM: ` --aws-sigv4 'aws:amz:${regionOf(url)}:appsync' --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"${session}`,
    person: ' -H "authorization: $TOKEN"',
  } satisfies Record<Caller['kind'], string>;
  const given = Object.entries(headers).map(([name, value]) => ` -H ${quote(`${name}: ${value}`)}`);
  return `curl ${quote(url)}${identities[caller.kind]}${given.join('')} --data-raw ${quote(body)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
