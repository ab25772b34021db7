import { expect, test, vi } from 'vitest';
import { attempt, decide, receive, receiveAndPause } from '../fakes/order.ts';
import { letPass, useFakes } from '../fakes/useFakes.ts';
import { world } from '../fakes/world.ts';

vi.mock('../../../functions/aws/objects.ts', () => import('../fakes/objects.ts'));
vi.mock('../../../functions/aws/executions.ts', () => import('../fakes/executions.ts'));
vi.mock('../../../functions/records/publishStatus.ts', () => import('../fakes/publishStatus.ts'));

useFakes();

const measured = () =>
  world.logged
    .filter((line) => line.includes('_aws'))
    .map((line) => {
      const { OrdersPaused, PauseAge, TimeToDecision } = JSON.parse(line);
      return { OrdersPaused, PauseAge, TimeToDecision };
    });

test('counts a pause once, and reports its age at the first pause and at each reminder', async () => {
  await receiveAndPause();
  await attempt('the same again', 0);
  letPass(24);
  await attempt('token-1', 1);

  expect(measured()).toEqual([{ OrdersPaused: 1, PauseAge: 0 }, { PauseAge: 86_400 }]);
});

test('the time to a decision counts from the first pause, and a repetition is not another decision', async () => {
  await receiveAndPause();
  letPass(2);
  await decide(true);
  await decide(true);
  await decide(false);

  expect(measured().slice(1)).toEqual([{ TimeToDecision: 7200 }]);
});

test('a decision before the pause takes no time', async () => {
  await receive();
  await decide(true);

  expect(measured()).toEqual([]);
});
