import { handler as cancelOrder } from '../../../functions/api/cancelOrder.ts';
import { handler as confirmOrder } from '../../../functions/api/confirmOrder.ts';
import { handler as processOrder } from '../../../functions/api/processOrder.ts';
import { handler as decisionCreated } from '../../../functions/recovery/decisionCreated.ts';
import { handler as executionEnded } from '../../../functions/recovery/executionEnded.ts';
import { handler as requestCreated } from '../../../functions/recovery/requestCreated.ts';
import { createEngine, type Dangers, type Ended } from './engine.ts';
import { createSchedule, type Mishaps, type Schedule } from './schedule.ts';
import { resetWorld, world } from './world.ts';

const ID = 'order-1';
const RECOVERY_TRIES = 3;
const MAX_TURNS = 400;
const MORTAL: Mishaps = { canFail: true, canVanish: true };

/** What the callers were told of the decision, and how the execution ended. */
export type Story = { readonly acknowledged: string[]; readonly ended: Ended[] };

/** One order, up to four callers, every notification, and a workflow, in an order of things that the seed decides. */
export async function play(seed: number, dangers: Dangers): Promise<Story> {
  resetWorld();
  const schedule = createSchedule(seed);
  const run = createEngine(schedule, dangers);
  const story: Story = { acknowledged: [], ended: [] };
  const live = async () => {
    const ended = await run(ID);
    story.ended.push(ended);
    await recover(schedule, executionEnded, { detail: { name: ID, status: ended.status } });
  };
  let isStarted = false;
  world.startExecution = () => {
    if (!isStarted) void live();
    isStarted = true;
  };
  void schedule.act(MORTAL, () => processOrder({ orderId: ID, orderDetails: 'x' }));
  void notify(schedule, 'requests', requestCreated);
  void notify(schedule, 'decisions', decisionCreated);
  for (const caller of callers(schedule, story)) void caller();
  await schedule.run();
  return story;
}

type Recovery = (event: unknown) => Promise<void>;

/** S3's event when a record was created, however late it was. */
async function notify(schedule: Schedule, folder: string, handler: Recovery): Promise<void> {
  const key = `${folder}/${ID}.json`;
  for (let index = 0; index < MAX_TURNS && !world.objects.has(key); index += 1) await schedule.turn();
  if (world.objects.has(key)) await recover(schedule, handler, { detail: { object: { key } } });
}

/** Lambda tries an asynchronous event three times; the third finds AWS in order here. */
async function recover(schedule: Schedule, handler: Recovery, event: unknown): Promise<void> {
  for (let left = RECOVERY_TRIES - 1; left >= 0; left -= 1) {
    try {
      return await schedule.act({ canFail: left > 0, canVanish: false }, () => handler(event));
    } catch {
      // Tried again.
    }
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
