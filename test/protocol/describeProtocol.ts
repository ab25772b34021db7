import { describe, expect, test } from 'vitest';
import type { ProtocolTarget } from './protocolTarget.ts';
import { PROTOCOL_RULES } from './rules/protocolRules.ts';

/** Holds a target to every rule. A SHOULD that it does not meet is shown as skipped. */
export function describeProtocol(name: string, target: () => ProtocolTarget): void {
  describe(`the AppSync protocol, ${name}`, () => {
    for (const { id, level, says, check } of PROTOCOL_RULES) {
      test(`${id} ${level} ${says}`, async ({ skip }) => {
        expect.hasAssertions();
        try {
          await check(target());
        } catch (error) {
          if (level === 'MUST') throw error;
          skip(`not met: ${error instanceof Error ? error.message : String(error)}`);
        }
      });
    }
  });
}
