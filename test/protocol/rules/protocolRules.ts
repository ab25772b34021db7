import type { Rule } from '../protocolTarget.ts';
import { CONNECTION_RULES } from './connectionRules.ts';
import { ERROR_RULES } from './errorRules.ts';
import { EVENT_RULES } from './eventRules.ts';
import { FILTER_RULES } from './filterRules.ts';
import { HTTP_RULES } from './httpRules.ts';
import { LIMIT_RULES } from './limitRules.ts';
import { LOCAL_RULES } from './localRules.ts';
import { SIGNATURE_RULES } from './signatureRules.ts';
import { SUBSCRIPTION_RULES } from './subscriptionRules.ts';

/** What the order API shows of the protocol. */
export const ORDER_RULES: readonly Rule[] = [
  ...HTTP_RULES,
  ...SIGNATURE_RULES,
  ...CONNECTION_RULES,
  ...SUBSCRIPTION_RULES,
];

/** What it takes an API made for it to show: `local/test/support/rooms.ts`. */
export const ROOM_RULES: readonly Rule[] = [...ERROR_RULES, ...EVENT_RULES, ...FILTER_RULES, ...LIMIT_RULES];

export const PROTOCOL_RULES: readonly Pick<Rule, 'id'>[] = [...ORDER_RULES, ...ROOM_RULES, ...LOCAL_RULES];
