import type { OrderStatusEvent } from '../../../schema.generated.ts';

// What the real services cannot do on demand: stop between two lines, lose an answer, lose a race.

export type Operation = { readonly name: string; readonly key: string };
/** Runs around every operation; `perform` does it. To throw before or after it is a crash or a lost answer. */
export type Around = <Value>(operation: Operation, perform: () => Value) => Promise<Value>;

export type World = {
  readonly objects: Map<string, { text: string; etag: string }>;
  readonly published: OrderStatusEvent[];
  readonly started: string[];
  /** Tokens that an execution waits for, and how they were answered. */
  readonly waiting: Set<string>;
  readonly answered: { token: string; kind: string }[];
  readonly operations: string[];
  readonly logged: string[];
  /** Tokens of attempts that a decision should have woken. */
  readonly unheard: string[];
  around: Around;
  answerTask: (token: string, orderId: string, kind: string) => boolean;
  startExecution: (request: { readonly orderId: string; readonly at: string }) => void;
};

const passThrough: Around = async (_operation, perform) => perform();

const answerWaiting = (token: string, _orderId: string, kind: string): boolean => {
  if (kind === 'EXPIRED' || kind === 'FAILED') return true;
  if (!world.waiting.delete(token)) return false;
  world.answered.push({ token, kind });
  return true;
};

export const world: World = {
  objects: new Map(),
  published: [],
  started: [],
  waiting: new Set(),
  answered: [],
  operations: [],
  logged: [],
  unheard: [],
  around: passThrough,
  answerTask: answerWaiting,
  startExecution: ({ orderId }) => void world.started.push(orderId),
};

export function resetWorld(): void {
  world.objects.clear();
  world.waiting.clear();
  const { published, started, answered, operations, logged, unheard } = world;
  for (const list of [published, started, answered, operations, logged, unheard]) list.length = 0;
  world.around = passThrough;
  world.answerTask = answerWaiting;
  world.startExecution = ({ orderId }) => void world.started.push(orderId);
}

export function operate<Value>(name: string, key: string, perform: () => Value): Promise<Value> {
  world.operations.push(`${name} ${key}`);
  return world.around({ name, key }, perform);
}

export const stored = (key: string): unknown => JSON.parse(world.objects.get(key)?.text ?? 'null');

/** As AWS answers when it is broken: after the SDK's own attempts. */
export const awsIsBroken = (): Error =>
  Object.assign(new Error('broken'), { name: 'InternalError', $metadata: { httpStatusCode: 500 } });
