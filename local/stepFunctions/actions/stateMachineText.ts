import type { MachineText } from '../engine/machineStore.ts';
import type { Machine } from '../engine/machineStore.ts';
import { parseJson, isObject, type JsonObject } from '../json.ts';
import { checkArn } from '../protocol/arn.ts';
import type { Members } from '../protocol/members.ts';

export const DEFINITION_RULE = { minimum: 1, maximum: 1_048_576, isSecret: true };

const DEFAULT_LOGGING = { level: 'OFF', includeExecutionData: false };
const DEFAULT_TRACING = { enabled: false };

export function checkRole(roleArn: string): void {
  checkArn(roleArn);
}

/** The logging and tracing configurations are kept and answered; nothing is logged or traced. */
export function readSettings(members: Members, before: JsonObject = {}): string {
  const logging = members.object('loggingConfiguration') ?? before['loggingConfiguration'];
  const tracing = members.object('tracingConfiguration') ?? before['tracingConfiguration'];
  return JSON.stringify({
    ...(logging === undefined ? {} : { loggingConfiguration: logging }),
    ...(tracing === undefined ? {} : { tracingConfiguration: tracing }),
  });
}

/** What the descriptions of a machine have in common. */
export function describeText({ definition, roleArn, name, arn, revisionId, settings }: Machine) {
  return {
    stateMachineArn: arn,
    name,
    definition,
    roleArn,
    loggingConfiguration: DEFAULT_LOGGING,
    tracingConfiguration: DEFAULT_TRACING,
    ...parseSettings(settings),
    ...(revisionId === null ? {} : { revisionId }),
  };
}

export function parseSettings(settings: string): JsonObject {
  const value = parseJson(settings);
  return isObject(value) ? value : {};
}

export function isSameText(machine: Machine, text: MachineText): boolean {
  return (
    machine.definition === text.definition &&
    machine.roleArn === text.roleArn &&
    machine.settings === text.settings
  );
}
