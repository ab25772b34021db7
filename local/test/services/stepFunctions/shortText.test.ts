import { expect, test } from 'vitest';
import { shortText, wholeText } from '../../../services/stepFunctions/shortText.ts';

const ORDER = '{"orderId":"8612eb75-89f9-4503-96ee-e7c154c27ac4"}';

test('what a paused execution keeps of itself takes a third', () => {
  const text =
    '{"threads":[{"id":1,"parent":0,"scope":0,"index":0,"state":"WaitForConfirmation","phase":"token","input":null,"last":10,"before":6,"entered":7,"enteredAt":1795789502474,"generation":2,"due":1795875902474}],"lastEvent":10,"generations":2,"threadCount":1,"end":1827325502454,"scheduled":1795875902474}';

  const short = shortText(text, ORDER);

  expect(short.length).toBeLessThan(100);
  expect(wholeText(short, ORDER)).toBe(text);
});

test.each([
  ['the input in a string', [ORDER, { payload: `{"a":${ORDER}}` }], ORDER],
  ['an input with quotes, backslashes and line ends', ['{"a":"\\"\\\\\\n$& $1"}'], '{"a":"\\"\\\\\\n$& $1"}'],
  ['an input that is laid out in lines', ['{\n\t"orderId": "first"\n}'], '{\n\t"orderId": "first"\n}'],
  ['control characters', ['\u0001\u0002\u001f', '\n\t'], '{"a":"\u001f\u0001 and more"}'],
  ['half of a character', ['\ud83d', '{"a":"\ud83d and more"}'], '{"a":"\ud83d and more"}'],
  ['what the store shortens', ['","input":1}],[21,', ',"due":', '}],"lastEvent":'], '{"a":",\\"due\\":,"}'],
  ['an input that is no object', ['"eight characters"', '[1,2,3,4,5]'], '"eight characters"'],
  ['an empty input', ['{}', '{}{}'], '{}'],
])('%s comes back as it was', (_what, value, input) => {
  const text = JSON.stringify(value);

  expect(wholeText(shortText(text, input), input)).toBe(text);
});
