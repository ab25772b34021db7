import { readDefinition } from '../definition/parseDefinition.ts';
import type { Action } from '../wire/action.ts';
import { DEFINITION_RULE } from './stateMachineText.ts';

const MAX_DIAGNOSTICS = 100;

/** What CreateStateMachine would say, as a list. */
export const validateStateMachineDefinition: Action = (members, { jsonata }) => {
  const definition = members.requiredText('definition', DEFINITION_RULE);
  const maxResults = members.integer('maxResults', { minimum: 0, maximum: MAX_DIAGNOSTICS });
  members.oneOf('type', ['STANDARD', 'EXPRESS']);
  members.oneOf('severity', ['ERROR', 'WARNING']);
  members.check();
  const { found } = readDefinition(definition, jsonata).diagnostics;
  const count = maxResults === undefined || maxResults === 0 ? MAX_DIAGNOSTICS : maxResults;
  return {
    result: found.length === 0 ? 'OK' : 'FAIL',
    diagnostics: found.slice(0, count).map(({ location, ...diagnostic }) => ({
      severity: 'ERROR',
      ...diagnostic,
      ...(location === null ? {} : { location }),
    })),
    truncated: found.length > count,
  };
};
