import { expect, test } from 'vitest';
import { machine } from './support/machines.ts';
import { runMachine, startSdkCloud } from './support/sdk.ts';

test.each([
  ['{% 1/0 %}', 'Infinity'],
  ['{% -1/0 %}', '-Infinity'],
  ['{% [1/0] %}', ['Infinity']],
  ["{% {'k': 1e308 * 10} %}", { k: 'Infinity' }],
])('gives a number without an end as a text, as AWS does: %s', async (expression, output) => {
  const target = await startSdkCloud();

  const outcome = await runMachine(target, machine({ P: { Type: 'Pass', Output: expression, End: true } }));

  expect(outcome).toMatchObject({ status: 'SUCCEEDED', output });
});

test('assigns a number without an end as a text too', async () => {
  const target = await startSdkCloud();
  const definition = machine({
    A: { Type: 'Pass', Assign: { x: '{% 1/0 %}' }, Next: 'B' },
    B: { Type: 'Pass', Output: "{% $x & '!' %}", End: true },
  });

  expect(await runMachine(target, definition)).toMatchObject({ output: 'Infinity!' });
});
