import { LOOPBACK_HOSTS } from './loopback.ts';
import type { SignInConfig } from './signIn/createIssuer.ts';

/** Where the API is; the local cloud answers it, and beside a static page lies a file of it. */
export type Config = {
  readonly graphqlUrl: string;
  readonly realtimeUrl: string | undefined;
  readonly apiKey: string;
  /** Whether the API is a local cloud on this machine, for trying things out. */
  readonly isLocal: boolean;
  /** Whether this cloud lets the page move its clock. */
  readonly testControls: boolean;
  /** Where people sign in; null where the API takes the API key alone. */
  readonly signIn: SignInConfig | null;
  readonly rules: DecisionRules;
};

/** What the API refuses, so that the page can say it before a person decides. */
export type DecisionRules = {
  /** A confirmation by the person who placed the order. */
  readonly isSelfApprovalRefused: boolean;
  /** The group that a person must be in to decide; null: none. */
  readonly approverGroup: string | null;
};

/** The page cannot start; the message is for the person in front of it. */
export class UnusableConfig extends Error {
  readonly type = 'UnusableConfig';
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-store' }).catch((cause: unknown) => {
    throw new UnusableConfig('The server of this page does not answer.', { cause });
  });
  if (!response.ok) {
    throw new UnusableConfig(
      `The file config.json, which says where the API is, could not be loaded (status ${response.status}).`,
    );
  }
  return parseConfig(parseJson(await response.text()));
}

function parseConfig(value: unknown): Config {
  const { graphqlUrl, realtimeUrl, apiKey, testControls, signIn, outputs } = fieldsOf(value);
  if (typeof graphqlUrl !== 'string' || typeof apiKey !== 'string') {
    throw new UnusableConfig('config.json must contain graphqlUrl and apiKey.');
  }
  return {
    graphqlUrl: sameHost(graphqlUrl),
    realtimeUrl: typeof realtimeUrl === 'string' ? sameHost(realtimeUrl) : undefined,
    apiKey,
    isLocal: typeof testControls === 'boolean', // a file for AWS has no such field
    testControls: testControls === true,
    signIn: parseSignIn(fieldsOf(signIn)),
    rules: parseRules(fieldsOf(outputs)),
  };
}

function parseRules({ SelfApproval, ApproverGroup }: Readonly<Record<string, unknown>>): DecisionRules {
  return {
    isSelfApprovalRefused: SelfApproval === 'refused',
    approverGroup: typeof ApproverGroup === 'string' ? ApproverGroup : null,
  };
}

function parseSignIn({ issuer, clientId }: Readonly<Record<string, unknown>>): SignInConfig | null {
  return typeof issuer === 'string' && typeof clientId === 'string' ? { issuer, clientId } : null;
}

/** localhost and 127.0.0.1 are one machine but two origins: the page stays on its own. */
function sameHost(address: string): string {
  if (!URL.canParse(address, location.href)) {
    throw new UnusableConfig(`config.json: ${JSON.stringify(address)} is not an address.`);
  }
  const url = new URL(address, location.href);
  const isNear = LOOPBACK_HOSTS.includes(url.hostname) && LOOPBACK_HOSTS.includes(location.hostname);
  if (isNear) url.hostname = location.hostname;
  return url.href;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnusableConfig('config.json is not valid JSON.', { cause });
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
