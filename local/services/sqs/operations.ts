import { cancelMessageMoveTask } from './actions/cancelMessageMoveTask.ts';
import { changeMessageVisibility } from './actions/changeMessageVisibility.ts';
import { changeMessageVisibilityBatch } from './actions/changeMessageVisibilityBatch.ts';
import { deleteMessage } from './actions/deleteMessage.ts';
import { deleteMessageBatch } from './actions/deleteMessageBatch.ts';
import { getQueueAttributes } from './actions/getQueueAttributes.ts';
import { getQueueUrl } from './actions/getQueueUrl.ts';
import { listDeadLetterSourceQueues } from './actions/listDeadLetterSourceQueues.ts';
import { listMessageMoveTasks } from './actions/listMessageMoveTasks.ts';
import { listQueues } from './actions/listQueues.ts';
import { purgeQueue } from './actions/purgeQueue.ts';
import { receiveMessage } from './actions/receiveMessage.ts';
import { sendMessage } from './actions/sendMessage.ts';
import { sendMessageBatch } from './actions/sendMessageBatch.ts';
import { startMessageMoveTask } from './actions/startMessageMoveTask.ts';
import type { SqsAction } from './sqsContext.ts';

export const SQS_OPERATIONS = {
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  ReceiveMessage: receiveMessage,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  ChangeMessageVisibility: changeMessageVisibility,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListQueues: listQueues,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  PurgeQueue: purgeQueue,
  StartMessageMoveTask: startMessageMoveTask,
  ListMessageMoveTasks: listMessageMoveTasks,
  CancelMessageMoveTask: cancelMessageMoveTask,
} as const satisfies Readonly<Record<string, SqsAction>>;

export function isSqsOperation(name: string): name is keyof typeof SQS_OPERATIONS {
  return Object.hasOwn(SQS_OPERATIONS, name);
}
