import { describe, expect, test } from 'vitest';
import { createOrderModel } from '../order/orderModel.ts';
import { PROMISES } from '../order/promises.ts';
import { ALL_ON, without } from '../order/rules.ts';
import { scope } from '../scopes.ts';
import { ENDS, explore, type Model, type Move } from './explore.ts';
import { createMemory, groupOf } from './memory.ts';
import { createStateTable } from './stateTable.ts';

const cupsOf = groupOf('three', 'five');

/** The riddle of the two jugs, whose answers everybody knows. A state breaks the property when it holds four litres. */
function jugs(moves: readonly string[], brokenAt: number): Model {
  const memory = createMemory();
  const cups = cupsOf(memory);
  const pours: Readonly<Record<string, () => void>> = {
    'fill three': () => (cups.three = 3),
    'fill five': () => (cups.five = 5),
    'empty three': () => (cups.three = 0),
    'empty five': () => (cups.five = 0),
    'three into five': () => {
      const poured = Math.min(cups.three, 5 - cups.five);
      cups.three -= poured;
      cups.five += poured;
    },
    'five into three': () => {
      const poured = Math.min(cups.five, 3 - cups.three);
      cups.five -= poured;
      cups.three += poured;
    },
  };
  const toMove = (name: string): Move => ({
    name: () => name,
    kind: 'step',
    isPossible: () => true,
    run: () => pours[name]?.(),
  });
  return {
    memory,
    moves: moves.map(toMove),
    broken: () => (cups.five === brokenAt ? `${brokenAt} litres` : null),
    brokenWhenQuiet: () => null,
    hasEnded: () => cups.three === 0 && cups.five === 0,
  };
}
const ALL = ['fill three', 'fill five', 'empty three', 'empty five', 'three into five', 'five into three'];

describe('the checker', () => {
  test('finds a shortest way to a state that breaks a property', () => {
    const { counterExample } = explore(jugs(ALL, 4));

    expect(counterExample?.property).toBe('4 litres');
    expect(counterExample?.trace).toHaveLength(6);
  });

  test('visits every state once, and finds nothing where there is nothing', () => {
    expect(explore(jugs(ALL, 7))).toEqual({
      states: 16, // both full to the brim, or one of them empty or full
      transitions: 96,
      isComplete: true,
      counterExample: null,
    });
  });

  test('finds a state from which no end can be reached', () => {
    const { counterExample } = explore(jugs(['fill three', 'fill five'], 7));

    expect(counterExample).toEqual({ property: ENDS, trace: ['fill three'] });
  });

  test('says so when it stops before it has seen every state', () => {
    expect(explore(jugs(ALL, 7), 10)).toMatchObject({ isComplete: false, counterExample: null });
  });

  test('keeps more states apart than one of its chunks holds', () => {
    const table = createStateTable(3);
    const row = (number: number) => Uint8Array.of(number & 255, (number >> 8) & 255, number >> 16);
    const count = 600_000;

    const first = Array.from({ length: count }, (_, number) => table.add(row(number)));
    const again = table.add(row(123_456));

    expect(first.at(-1)).toBe(count - 1);
    expect(again).toBe(123_456);
    expect(table.size()).toBe(count);
  });
});

describe('what the model does not try', () => {
  const everything = (model: Model): Model => ({
    ...model,
    moves: model.moves.map((move) => ({ ...move, isAlone: () => false })),
  });
  const small = scope({ clients: ['CONFIRMED'] });

  test('is most of the interleavings', () => {
    const reduced = explore(createOrderModel(ALL_ON, small));
    const whole = explore(everything(createOrderModel(ALL_ON, small)));

    expect(reduced.counterExample).toBeNull();
    expect(whole.counterExample).toBeNull();
    expect(whole.states).toBeGreaterThan(reduced.states * 5);
  });

  test.each([
    ['decisionOnce', scope({}), PROMISES.oneDecision],
    ['decisionReadLast', small, PROMISES.heard],
    ['lookOnceMore', { ...small, hasNet: false }, PROMISES.heard],
    ['lateMarkRemoved', scope({ clients: [] }), PROMISES.tidied],
    ['netStarts', scope({ clients: [], maxFaults: 1 }), ENDS],
  ] as const)('hides nothing: %s', (rule, where, property) => {
    const reduced = explore(createOrderModel(without(rule), where));
    const whole = explore(everything(createOrderModel(without(rule), where)));

    expect(reduced.counterExample?.property).toBe(property);
    expect(whole.counterExample?.property).toBe(property);
  });
});
