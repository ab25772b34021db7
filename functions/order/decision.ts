import type { Decision, DecisionKind } from '../../schema.generated.ts';
import { Malformed } from './errors.ts';
import { fieldsOf } from './fields.ts';
import { parseSchemaVersion } from './schemaVersion.ts';

const KINDS = {
  CONFIRMED: true,
  REJECTED: true,
  CANCELLED: true,
  EXPIRED: true,
  FAILED: true,
} satisfies Record<DecisionKind, true>;

const isDecisionKind = (value: string): value is DecisionKind => Object.hasOwn(KINDS, value);

export function parseDecision(stored: unknown): Decision {
  parseSchemaVersion(stored);
  const fields = fieldsOf(stored, 'a decision');
  const kind = fields.text('kind');
  if (!isDecisionKind(kind)) throw new Malformed('Stored decision: kind is not a known decision kind.');
  return {
    kind,
    decidedBy: fields.textOrNull('decidedBy'),
    isVerified: fields.value('isVerified') === true,
    reason: fields.textOrNull('reason'),
    at: fields.text('at'),
  };
}

/** A decision of the workflow itself. */
const decideItself = (kind: DecisionKind, at: string, reason: string | null): Decision => ({
  kind,
  decidedBy: null,
  isVerified: false,
  reason,
  at,
});

export const expiredAt = (at: string): Decision => decideItself('EXPIRED', at, null);

export const failedAt = (at: string, reason: string): Decision => decideItself('FAILED', at, reason);
