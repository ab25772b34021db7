/** Where a page may connect to besides its own origin: the local cloud, and AppSync on AWS. */
const CONNECTIONS = [
  "'self'",
  'http://localhost:*',
  'ws://localhost:*',
  'http://127.0.0.1:*',
  'ws://127.0.0.1:*',
  'https://*.amazonaws.com',
  'wss://*.amazonaws.com',
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

/** What a page may load and run. `api` is the address of an API on a custom domain. */
export function contentSecurityPolicy(path: PagePath, api: string | undefined): string {
  const custom = api === undefined ? [] : [new URL(api).origin, new URL(api).origin.replace(/^http/, 'ws')];
  const policy = { ...POLICIES[path], 'connect-src': [...CONNECTIONS, ...custom].join(' ') };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** The headers of every file, by the longest prefix of its path. */
export function headers(api: string | undefined): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const of = (path: PagePath) => ({
    'content-security-policy': contentSecurityPolicy(path, api),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  });
  return { '/': of('/'), '/playground': of('/playground') };
}
