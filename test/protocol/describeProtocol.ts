import { describe, expect, test } from 'vitest';
import type { Rule } from './protocolTarget.ts';

/** Holds a target to every rule. A SHOULD that it does not meet is shown as skipped. */
export function describeProtocol<T>(name: string, rules: readonly Rule<T>[], target: () => T): void {
  describe(`the AppSync protocol, ${name}`, () => {
    for (const { id, level, says, check } of rules) {
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
