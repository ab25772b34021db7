import type { Credentials } from '../local/appsync/support/sign.ts';

/** An API with the project's schema, known by its addresses alone. */
export type ProtocolTarget = {
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly apiKey: string;
  /** May call `publishOrderStatus`. */
  readonly credentials: Credentials;
  readonly region: string;
};

export type Level = 'MUST' | 'SHOULD';

/** One statement about the protocol; `check` throws when the target does not hold it. */
export type Rule = {
  readonly id: string;
  readonly level: Level;
  readonly says: string;
  readonly check: (target: ProtocolTarget) => Promise<void>;
};
