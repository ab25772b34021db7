import { checkDefinition } from './checkDefinition.ts';
import { checkEvents } from './checkEvents.ts';
import { checkFunctions } from './checkFunctions.ts';
import { checkRoles } from './checkRoles.ts';
import { checkSchema } from './checkSchema.ts';
import { checkSecrets } from './checkSecrets.ts';
import { checkStorage } from './checkStorage.ts';
import { plainTemplate } from './plainTemplate.ts';

const CHECKS = [
  checkDefinition,
  checkEvents,
  checkFunctions,
  checkRoles,
  checkSchema,
  checkSecrets,
  checkStorage,
];

/**
 * Everything that is dangerous in a template of this stack, one sentence each, which AWS and CDK's own validation would let
 * pass or refuse only in the middle of a deployment. An empty list: it may be deployed.
 */
export function checkTemplate(template: Readonly<Record<string, unknown>>): readonly string[] {
  const plain = plainTemplate(template);
  return CHECKS.flatMap((check) => check(plain));
}
