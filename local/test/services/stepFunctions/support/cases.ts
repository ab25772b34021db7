import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One call that was recorded on AWS, or a wait. */
export type RecordedStep = {
  readonly op: string;
  readonly args?: Record<string, unknown>;
  readonly until?: string;
  readonly executionArn?: string;
  readonly recordedAs?: string;
  readonly expect?: Record<string, unknown>;
  readonly expectError?: { readonly name: string; readonly message: string };
};

export type Stub = {
  readonly kind: string;
  readonly payload?: unknown;
  readonly prefix?: string;
  readonly seconds?: number;
  readonly char?: string;
  readonly count?: number;
};

export type RecordedCase = {
  readonly id: string;
  readonly lambdas?: readonly { readonly name: string; readonly stub: Stub }[];
  readonly steps: readonly RecordedStep[];
  readonly finals?: readonly Record<string, unknown>[];
  readonly historyTransformed?: string;
};

/** Beside the project, because the recordings belong to others; it is not copied into the project. */
const FILE = join(import.meta.dirname, '../../../../../../shared/conformance/sfn-cases.json');

/** The cases recorded on AWS; none when they are not on this machine. */
export function readCases(file = process.env['SFN_CASES'] ?? FILE): readonly RecordedCase[] {
  if (!existsSync(file)) return [];
  const parsed: { readonly cases: readonly RecordedCase[] } = JSON.parse(readFileSync(file, 'utf8'));
  return parsed.cases;
}
