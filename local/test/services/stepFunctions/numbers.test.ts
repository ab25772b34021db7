import { expect, test } from 'vitest';
import { runMachine } from './support/executions.ts';
import { machine } from './support/machines.ts';
import { startCloud } from './support/cloud.ts';

test.each([
  ['{% 1/0 %}', 'Infinity'],
  ['{% -1/0 %}', '-Infinity'],
  ['{% [1/0] %}', ['Infinity']],
  ["{% {'k': 1e308 * 10} %}", { k: 'Infinity' }],
])('gives a number without an end as a text, as AWS does: %s', async (expression, output) => {
  const cloud = startCloud();

  const outcome = await runMachine(cloud, machine({ P: { Type: 'Pass', Output: expression, End: true } }));

  expect(outcome).toMatchObject({ status: 'SUCCEEDED', output });
});

test('assigns a number without an end as a text too', async () => {
  const cloud = startCloud();
  const definition = machine({
    A: { Type: 'Pass', Assign: { x: '{% 1/0 %}' }, Next: 'B' },
    B: { Type: 'Pass', Output: "{% $x & '!' %}", End: true },
  });

  expect(await runMachine(cloud, definition)).toMatchObject({ output: 'Infinity!' });
});
