import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ground/clock/clock.ts';
import { jsonErrorAnswer } from '../../wire/awsErrors.ts';
import type { HttpRequest, HttpResponse } from '../../wire/httpMessage.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';
import { keptValue } from '../../ground/store/meta.ts';
import type { Store } from '../../ground/store/store.ts';
import { QueueDoesNotExist, SqsError, unsupportedOperation } from './errors.ts';
import { createMessages } from './records/messages.ts';
import { createMoveTasks } from './records/moveTasks.ts';
import { isSqsOperation, SQS_OPERATIONS } from './operations.ts';
import { isQueryProtocol, queryRefusal } from './wire/queryProtocol.ts';
import { createReader } from './createReader.ts';
import { letsSend } from './policy/queuePolicy.ts';
import { createRedriving } from './redriving.ts';
import type { MessageAttribute, Sqs } from './sqs.ts';
import type { Queue, SqsContext } from './sqsContext.ts';
import { parseSqsInput } from './wire/sqsInput.ts';
import { createWaiting } from './waiting.ts';

export type SqsDependencies = { readonly store: Store; readonly clock: Clock; readonly scheduler: Scheduler };

const EXPIRY = 'sqs.expiry';
/** The sender of messages that the cloud itself puts into a queue. */
const CLOUD_SENDER = 'events.amazonaws.com';

/** SQS over the wire, standard queues: AWS JSON 1.0. */
export function createSqs({ store, clock, scheduler }: SqsDependencies): Sqs {
  const queues = new Map<string, Queue>();
  const messages = createMessages({ store, clock });
  const waiting = createWaiting({ scheduler, clock, nextVisible: messages.nextVisible });
  const send: SqsContext['send'] = (queue, message) =>
    store.transact(() => {
      const isFirst = messages.oldest(queue.name) === null;
      const id = messages.add({ queue: queue.name, ...message });
      if (isFirst) planExpiry(queue);
      if (message.delaySeconds > 0) waiting.expect(queue.name, clock.now() + message.delaySeconds * 1000);
      else store.afterCommit(() => waiting.wake(queue.name));
      return id;
    });
  const queueOf = (arn: string) => [...queues.values()].find((queue) => queue.arn === arn);
  const existing = (arn: string) => {
    const queue = queueOf(arn);
    if (queue === undefined) throw new QueueDoesNotExist();
    return queue;
  };
  const planExpiry = ({ name, retentionSeconds }: Queue) => {
    const oldest = messages.oldest(name);
    if (oldest !== null) scheduler.set(EXPIRY, name, oldest + retentionSeconds * 1000);
  };
  const redrive = createRedriving({ store, messages, waiting, queueOf, planExpiry });
  const receive: SqsContext['receive'] = (queue, take) =>
    store.transact(() => {
      messages.removeSentBefore(queue.name, clock.now() - queue.retentionSeconds * 1000);
      redrive(queue, take.limit);
      const received = messages.receive(queue.name, take);
      if (received.length > 0) waiting.expect(queue.name, clock.now() + take.hideSeconds * 1000);
      return received;
    });
  const context: SqsContext = {
    clock,
    messages,
    moveTasks: createMoveTasks(store),
    waiting,
    queues,
    send,
    receive,
  };

  scheduler.handle(EXPIRY, (name) => {
    const queue = queues.get(name);
    if (queue === undefined) return;
    messages.removeSentBefore(name, clock.now() - queue.retentionSeconds * 1000);
    planExpiry(queue);
  });

  return {
    define: (queue) => {
      const created = Number(keptValue(store, `sqs/${queue.name}/created`, () => String(clock.now())));
      queues.set(queue.name, { ...queue, created });
    },
    send: (queueArn, body, attributes = {}) => {
      const queue = existing(queueArn);
      const texts = Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)] as const);
      const { delaySeconds } = queue;
      const message = { body, attributes: Object.fromEntries(texts), system: {}, delaySeconds };
      send(queue, { ...message, sender: CLOUD_SENDER });
    },
    find: (queueArn) => queueOf(queueArn) ?? null,
    letsSend: (queueArn, sender) => letsSend(existing(queueArn), sender),
    read: (queueArn, onMessages) => createReader(context, { queueOf: () => existing(queueArn), onMessages }),
    handle: (request) => handle(context, request),
  };
}

function attributeOf(value: string | number): MessageAttribute {
  return { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) };
}

async function handle(context: SqsContext, request: HttpRequest): Promise<HttpResponse> {
  try {
    if (isQueryProtocol(request)) return queryRefusal(request);
    const { accessKeyId: sender, isGone = () => false } = request;
    if (sender === null) throw new SqsError('AccessDeniedException', 'Access to the resource is denied.');
    const operation = String(request.headers['x-amz-target'] ?? '').replace(/^AmazonSQS\./, '');
    if (!isSqsOperation(operation)) {
      throw unsupportedOperation(`The local cloud does not support the SQS operation ${operation}.`);
    }
    const input = parseSqsInput(request.body.toString('utf8'));
    const output = await SQS_OPERATIONS[operation]({ context, input, sender, isGone });
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
      body: JSON.stringify(output),
    };
  } catch (error) {
    if (error instanceof SqsError) return jsonErrorAnswer(error);
    throw error;
  }
}
