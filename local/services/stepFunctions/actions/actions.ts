import type { Action } from '../wire/action.ts';
import { createStateMachine } from './createStateMachine.ts';
import { deleteStateMachine } from './deleteStateMachine.ts';
import { describeExecution } from './describeExecution.ts';
import { describeStateMachine } from './describeStateMachine.ts';
import { describeStateMachineForExecution } from './describeStateMachineForExecution.ts';
import { getExecutionHistory } from './getExecutionHistory.ts';
import { listExecutions } from './listExecutions.ts';
import { listStateMachines } from './listStateMachines.ts';
import { listTagsForResource } from './listTagsForResource.ts';
import { redriveExecution } from './redriveExecution.ts';
import { sendTaskFailure } from './sendTaskFailure.ts';
import { sendTaskHeartbeat } from './sendTaskHeartbeat.ts';
import { sendTaskSuccess } from './sendTaskSuccess.ts';
import { startExecution } from './startExecution.ts';
import { startSyncExecution } from './startSyncExecution.ts';
import { stopExecution } from './stopExecution.ts';
import { tagResource } from './tagResource.ts';
import { untagResource } from './untagResource.ts';
import { updateStateMachine } from './updateStateMachine.ts';
import { validateStateMachineDefinition } from './validateStateMachineDefinition.ts';

/** The operations of the API that the local Step Functions has. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  CreateStateMachine: createStateMachine,
  DeleteStateMachine: deleteStateMachine,
  DescribeExecution: describeExecution,
  DescribeStateMachine: describeStateMachine,
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  GetExecutionHistory: getExecutionHistory,
  ListExecutions: listExecutions,
  ListStateMachines: listStateMachines,
  ListTagsForResource: listTagsForResource,
  RedriveExecution: redriveExecution,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  SendTaskSuccess: sendTaskSuccess,
  StartExecution: startExecution,
  StartSyncExecution: startSyncExecution,
  StopExecution: stopExecution,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateStateMachine: updateStateMachine,
  ValidateStateMachineDefinition: validateStateMachineDefinition,
};
