import { Malformed } from './errors.ts';
import { fieldsOf } from './fields.ts';

/**
 * The version of what is stored. Version 1 had no number, held the details in the order's record as well, and kept
 * tokens and the worklist in the bucket of the records: functions/records/version1.ts.
 */
export const SCHEMA_VERSION = 2;

export type SchemaVersion = 1 | typeof SCHEMA_VERSION;

/** The version of a stored record. Throws Malformed for one that a newer version of this program wrote. */
export function parseSchemaVersion(stored: unknown): SchemaVersion {
  const version = fieldsOf(stored, 'a record').integerOrNull('schemaVersion') ?? 1;
  if (version === 1 || version === SCHEMA_VERSION) return version;
  throw new Malformed(
    `schemaVersion of a record must be at most ${SCHEMA_VERSION}; got ${version}. Deploy the version that wrote it.`,
  );
}

export const withSchemaVersion = <Value extends object>(value: Value) => ({
  schemaVersion: SCHEMA_VERSION,
  ...value,
});
