import type { Rule } from '../protocolTarget.ts';
import { CONNECTION_RULES } from './connectionRules.ts';
import { HTTP_RULES } from './httpRules.ts';
import { SUBSCRIPTION_RULES } from './subscriptionRules.ts';

/** Everything that an AppSync endpoint is held to. */
export const PROTOCOL_RULES: readonly Rule[] = [...HTTP_RULES, ...CONNECTION_RULES, ...SUBSCRIPTION_RULES];
