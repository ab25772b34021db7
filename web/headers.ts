/** Where a page may connect to besides its own origin: the local cloud, and AppSync on AWS. */
const CONNECTIONS = [
  "'self'",
  'http://localhost:*',
  'ws://localhost:*',
  'http://127.0.0.1:*',
  'ws://127.0.0.1:*',
  'https://*.amazonaws.com',
  'wss://*.amazonaws.com',
  'https://*.amazoncognito.com', // where a user pool gives its tokens
];

const POLICIES = {
  '/': {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
    'frame-ancestors': "'none'",
  },
  // GraphiQL sets styles of its own and carries its fonts and pictures inside its style sheet.
  '/playground': {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self' data:",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  },
};

export type PagePath = keyof typeof POLICIES;

/** Addresses outside AWS that a page may connect to as well. */
export type Connections = {
  /** The API, where it is on a custom domain. */
  readonly api: string | undefined;
  /** Where people sign in. */
  readonly issuers: readonly string[];
};

/** What a page may load and run. */
export function contentSecurityPolicy(path: PagePath, { api, issuers }: Connections): string {
  const sockets = api === undefined ? [] : [new URL(api).origin.replace(/^http/, 'ws')];
  const origins = [...(api === undefined ? [] : [api]), ...issuers].map((address) => new URL(address).origin);
  const custom = [...new Set([...origins, ...sockets])];
  const policy = { ...POLICIES[path], 'connect-src': [...CONNECTIONS, ...custom].join(' ') };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** The headers of every file, by the longest prefix of its path. */
export function headers(
  connections: Connections,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const of = (path: PagePath) => ({
    'content-security-policy': contentSecurityPolicy(path, connections),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  });
  return { '/': of('/'), '/playground': of('/playground') };
}
