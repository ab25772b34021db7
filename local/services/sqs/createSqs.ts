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
export function createSqs(dependencies: SqsDependencies): Sqs {
  const { store, clock } = dependencies;
  const queues = new Map<string, Queue>();
  const context = createContext(dependencies, queues);
  const queueOf = (arn: string) => findQueue(queues, arn);
  const existing = (arn: string) => {
    const queue = queueOf(arn);
    if (queue === undefined) throw new QueueDoesNotExist();
    return queue;
  };

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
      context.send(queue, { ...message, sender: CLOUD_SENDER });
    },
    find: (queueArn) => queueOf(queueArn) ?? null,
    letsSend: (queueArn, sender) => letsSend(existing(queueArn), sender),
    read: (queueArn, onMessages) => createReader(context, { queueOf: () => existing(queueArn), onMessages }),
    handle: (request) => handle(context, request),
  };
}

/** The queues and what can be done with their messages, which expire by themselves. */
function createContext(
  { store, clock, scheduler }: SqsDependencies,
  queues: ReadonlyMap<string, Queue>,
): SqsContext {
  const messages = createMessages({ store, clock });
  const waiting = createWaiting({ scheduler, clock, nextVisible: messages.nextVisible });
  const expiry = createExpiry({ scheduler, clock, messages, queues });
  const redrive = createRedriving({
    store,
    messages,
    waiting,
    queueOf: (arn) => findQueue(queues, arn),
    planExpiry: expiry.plan,
  });
  return {
    clock,
    messages,
    moveTasks: createMoveTasks(store),
    waiting,
    queues,
    send: (queue, message) =>
      store.transact(() => {
        const isFirst = messages.oldest(queue.name) === null;
        const id = messages.add({ queue: queue.name, ...message });
        if (isFirst) expiry.plan(queue);
        if (message.delaySeconds > 0) waiting.expect(queue.name, clock.now() + message.delaySeconds * 1000);
        else store.afterCommit(() => waiting.wake(queue.name));
        return id;
      }),
    receive: (queue, take) =>
      store.transact(() => {
        expiry.remove(queue);
        redrive(queue, take.limit);
        const received = messages.receive(queue.name, take);
        if (received.length > 0) waiting.expect(queue.name, clock.now() + take.hideSeconds * 1000);
        return received;
      }),
  };
}

type ExpiryOptions = Pick<SqsContext, 'clock' | 'messages' | 'queues'> & { readonly scheduler: Scheduler };

/** Removes messages at the end of their queue's retention. */
function createExpiry({ scheduler, clock, messages, queues }: ExpiryOptions) {
  const plan = ({ name, retentionSeconds }: Queue): void => {
    const oldest = messages.oldest(name);
    if (oldest !== null) scheduler.set(EXPIRY, name, oldest + retentionSeconds * 1000);
  };
  const remove = ({ name, retentionSeconds }: Queue): void =>
    messages.removeSentBefore(name, clock.now() - retentionSeconds * 1000);
  scheduler.handle(EXPIRY, (name) => {
    const queue = queues.get(name);
    if (queue === undefined) return;
    remove(queue);
    plan(queue);
  });
  return { plan, remove };
}

function findQueue(queues: ReadonlyMap<string, Queue>, arn: string): Queue | undefined {
  return [...queues.values()].find((queue) => queue.arn === arn);
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
