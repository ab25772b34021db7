import { isObject, type JsonObject, parseJsonObject } from '../../../ground/json.ts';
import type { Machine, MachineText } from '../engine/records/machineStore.ts';
import { StepFunctionsError } from '../errors.ts';
import type { Context } from '../wire/action.ts';
import { type Members, readMembers } from '../wire/requestMembers.ts';

export const DEFINITION_RULE = { minimum: 1, maximum: 1_048_576, isSecret: true };

export const INCLUDED_DATA = ['ALL_DATA', 'METADATA_ONLY'] as const;

const DEFAULT_LOGGING = { level: 'OFF', includeExecutionData: false };
const DEFAULT_TRACING = { enabled: false };

/** The logging and tracing configurations are kept and answered; nothing is logged or traced. */
export function readSettings(members: Members, before: JsonObject = {}): string {
  const logging = members.object('loggingConfiguration') ?? before['loggingConfiguration'];
  if (logging !== undefined) checkLogging(parseObject(logging));
  const tracing = members.object('tracingConfiguration') ?? before['tracingConfiguration'];
  return JSON.stringify({
    ...(logging === undefined ? {} : { loggingConfiguration: logging }),
    ...(tracing === undefined ? {} : { tracingConfiguration: tracing }),
  });
}

function checkLogging(logging: JsonObject): void {
  const members = readMembers(logging, 'loggingConfiguration.');
  const level = members.oneOf('level', ['ALL', 'ERROR', 'FATAL', 'OFF']) ?? 'OFF';
  const destinations = members.list('destinations') ?? [];
  members.flag('includeExecutionData');
  members.check();
  const count = destinations.length;
  if (count === 1 || (count === 0 && level === 'OFF')) return;
  throw new StepFunctionsError(
    'InvalidLoggingConfiguration',
    'Invalid Logging Configuration: Must specify exactly one Log Destination.',
  );
}

/** Refuses what a local machine cannot have, instead of ignoring it. */
export function refuseUnsupported(members: Members): void {
  const publish = members.flag('publish') ?? false;
  const versionDescription = members.text('versionDescription', { maximum: 256 });
  const encryption = members.object('encryptionConfiguration');
  members.check();
  if (versionDescription !== undefined && !publish) {
    throw new StepFunctionsError(
      'ValidationException',
      'Version description can only be set when publish is true',
    );
  }
  if (publish) {
    throw new StepFunctionsError(
      'ValidationException',
      'The local Step Functions has no versions: publish is not supported.',
    );
  }
  if (encryption !== undefined && encryption['type'] !== 'AWS_OWNED_KEY') {
    throw new StepFunctionsError(
      'InvalidEncryptionConfiguration',
      'The local Step Functions has no keys of customers: the encryption type is AWS_OWNED_KEY.',
    );
  }
}

/** What the descriptions of a machine have in common. */
export function describeText(machine: Machine, members: Members, { machines }: Context) {
  const includedData = members.oneOf('includedData', INCLUDED_DATA);
  members.check();
  const { definition, roleArn, name, arn, revisionId, settings } = machine;
  const { variableReferences } = machines.revisionOf(machine.revision).definition;
  return {
    stateMachineArn: arn,
    name,
    definition: includedData === 'METADATA_ONLY' ? '{}' : definition,
    roleArn,
    ...configurations(parseSettings(settings)),
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    ...(Object.keys(variableReferences).length === 0 ? {} : { variableReferences }),
    ...(revisionId === null ? {} : { revisionId }),
  };
}

function configurations({ loggingConfiguration, tracingConfiguration }: JsonObject) {
  return {
    loggingConfiguration: { ...DEFAULT_LOGGING, ...parseObject(loggingConfiguration) },
    tracingConfiguration: { ...DEFAULT_TRACING, ...parseObject(tracingConfiguration) },
  };
}

function parseObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function parseSettings(settings: string): JsonObject {
  return parseJsonObject(settings) ?? {};
}

export function isSameText(machine: Machine, text: MachineText): boolean {
  return (
    machine.definition === text.definition &&
    machine.roleArn === text.roleArn &&
    machine.settings === text.settings
  );
}
