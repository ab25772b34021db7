import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as confirmOrder } from '../../../functions/api/confirmOrder.ts';
import { handler as processOrder } from '../../../functions/api/processOrder.ts';
import { handler as executionEnded } from '../../../functions/recovery/executionEnded.ts';
import { handler as recordsCreated } from '../../../functions/recovery/recordsCreated.ts';
import { batchOf, createdBody, endedBody } from './messages.ts';
import { createEngine, type Dangers, type Ended, type Engine } from './engine.ts';
import { createSchedule, type Mishaps, type Schedule } from './schedule.ts';
import { resetWorld, world } from './world.ts';

const ID = 'order-1';
const RECOVERY_TRIES = 3;
const MAX_TURNS = 400;
const MAX_TURNS_UNTIL_STOP = 120;
const MORTAL: Mishaps = { canFail: true, canVanish: true };

/** What the callers were told of the decision, and how the execution ended. */
export type Story = { readonly acknowledged: string[]; readonly ended: Ended[] };

/** One order, up to four callers, every notification, and a workflow, in an order of things that the seed decides. */
export async function play(seed: number, dangers: Dangers): Promise<Story> {
  resetWorld();
  const schedule = createSchedule(seed);
  const engine = createEngine(schedule, dangers);
  const story: Story = { acknowledged: [], ended: [] };
  const hear = async (ended: Ended) => {
    story.ended.push(ended);
    await recover(schedule, executionEnded, endedBody(ID, ended.status));
  };
  let isStarted = false;
  world.startExecution = ({ at }) => {
    if (isStarted) return;
    isStarted = true;
    void engine.run(ID, at).then(hear);
    if (dangers.stopExecution) void stop(schedule, engine, { at, story, hear });
  };
  void schedule.act(MORTAL, () => processOrder({ orderId: ID, orderDetails: 'x' }));
  void notify(schedule, 'requests');
  void notify(schedule, 'decisions');
  for (const caller of callers(schedule, story)) void caller();
  await schedule.run();
  return story;
}

type Stopping = {
  readonly at: string;
  readonly story: Story;
  readonly hear: (ended: Ended) => Promise<void>;
};

/** An operator stops the execution at some time, and redrives it at once or after its end was heard of. */
async function stop(schedule: Schedule, engine: Engine, { at, story, hear }: Stopping): Promise<void> {
  const patience = Math.floor(schedule.random() * MAX_TURNS_UNTIL_STOP);
  for (let index = 0; index < patience; index += 1) await schedule.turn();
  if (story.ended.length > 0) return;
  const wasWaiting = engine.stop();
  const heard = hear({ status: 'ABORTED', output: null });
  if (!wasWaiting || schedule.random() < 0.5) return;
  if (schedule.random() < 0.5) await heard;
  await hear(await engine.redrive(ID, at));
}

type Recovery = typeof recordsCreated;

/** S3's message about a record that was created, however late it was. */
async function notify(schedule: Schedule, folder: string): Promise<void> {
  const key = `${folder}/${ID}.json`;
  for (let index = 0; index < MAX_TURNS && !world.objects.has(key); index += 1) await schedule.turn();
  if (world.objects.has(key)) await recover(schedule, recordsCreated, createdBody(key));
}

/** SQS hands a message out again that was not handled; the third time AWS is in order here. */
async function recover(schedule: Schedule, handler: Recovery, body: unknown): Promise<void> {
  for (let left = RECOVERY_TRIES - 1; left >= 0; left -= 1) {
    const action = () => handler(batchOf(body));
    const { batchItemFailures } = await schedule.act({ canFail: left > 0, canVanish: false }, action);
    if (batchItemFailures.length === 0) return;
  }
}

function callers(schedule: Schedule, { acknowledged }: Story): readonly (() => Promise<void>)[] {
  const decider = (call: () => ReturnType<typeof confirmOrder>) => async () => {
    const patience = Math.floor(schedule.random() * 80);
    for (let index = 0; index < patience; index += 1) await schedule.turn();
    const answer = await schedule.act(MORTAL, call);
    if (answer.ok !== undefined) acknowledged.push(answer.ok.decision?.kind ?? 'none');
    else if (answer.error.info.decision !== undefined) acknowledged.push(answer.error.info.decision.kind);
  };
  const claims = { decidedBy: null, reason: null };
  const all = [
    decider(() => confirmOrder({ orderId: ID, isConfirmed: true, ...claims })),
    decider(() => confirmOrder({ orderId: ID, isConfirmed: false, ...claims })),
    decider(() => cancelOrder({ orderId: ID, ...claims })),
    decider(() => processOrder({ orderId: ID, orderDetails: 'x' })),
  ];
  return all.filter(() => schedule.random() < 0.6);
}
