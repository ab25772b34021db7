/** Where the API is; the local cloud answers it, and beside a static page lies a file of it. */
export type Config = {
  readonly graphqlUrl: string;
  readonly realtimeUrl: string | undefined;
  readonly apiKey: string;
  /** Whether this cloud lets the page move its clock. */
  readonly testControls: boolean;
};

/** The page cannot start; the message is for the person in front of it. */
export class UnusableConfig extends Error {
  readonly type = 'UnusableConfig';
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new UnusableConfig(`config.json was answered with status ${response.status}.`);
  const text = await response.text();
  return parseConfig(parseJson(text));
}

function parseConfig(value: unknown): Config {
  const { graphqlUrl, realtimeUrl, apiKey, testControls } = fieldsOf(value);
  if (typeof graphqlUrl !== 'string' || typeof apiKey !== 'string') {
    throw new UnusableConfig('config.json names no graphqlUrl and apiKey.');
  }
  return {
    graphqlUrl: sameHost(graphqlUrl),
    realtimeUrl: typeof realtimeUrl === 'string' ? sameHost(realtimeUrl) : undefined,
    apiKey,
    testControls: testControls === true,
  };
}

/** localhost and 127.0.0.1 are one machine but two origins: the page stays on its own. */
function sameHost(address: string): string {
  const url = new URL(address, location.href);
  const isNear = LOOPBACK.includes(url.hostname) && LOOPBACK.includes(location.hostname);
  if (isNear) url.hostname = location.hostname;
  return url.href;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnusableConfig('config.json is no JSON.', { cause });
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
