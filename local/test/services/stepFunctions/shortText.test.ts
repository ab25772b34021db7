import { expect, test } from 'vitest';
import { hideName, revealName, shortText, wholeText } from '../../../services/stepFunctions/shortText.ts';

const NAME = '8612eb75-89f9-4503-96ee-e7c154c27ac4';
const ORDER = `{"orderId":"${NAME}"}`;

test('what a paused execution keeps of itself takes a third', () => {
  const text =
    '{"threads":[{"id":1,"parent":0,"scope":0,"index":0,"state":"WaitForConfirmation","phase":"token","input":null,"last":10,"before":6,"entered":7,"enteredAt":1795789502474,"generation":2,"due":1795875902474}],"lastEvent":10,"generations":2,"threadCount":1,"end":1827325502454,"scheduled":1795875902474}';

  const short = shortText(text, { name: NAME, input: ORDER });

  expect(short.length).toBeLessThan(100);
  expect(wholeText(short, { name: NAME, input: ORDER })).toBe(text);
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
  ['the name', [`${NAME}, $& and ${NAME}${NAME}`], `{"at":1,"id":"${NAME}"}`],
])('%s comes back as it was', (_what, value, input) => {
  const text = JSON.stringify(value);

  expect(wholeText(shortText(text, { name: NAME, input }), { name: NAME, input })).toBe(text);
});

test('a paused execution repeats its name without storing it again', () => {
  const short = shortText(`{"input":"{\\"orderId\\":\\"${NAME}\\"}"}`, { name: NAME, input: '{"other":1}' });

  expect(short).not.toContain(NAME);
});

test.each([
  ['an input that repeats the name', `{"a":"${NAME}","b":["${NAME}"]}`, NAME],
  ['an input that is laid out in lines', '{\n\t"orderId": "first"\n}', 'first'],
  ['a short name', '{"a":"a"}', 'a'],
  ['a name with the patterns of a replacement', '{"name":"$&$&$1$1$$$$"}', '$&$&$1$1$$$$'],
])('%s comes back as it was', (_what, input, name) => {
  expect(revealName(hideName(input, name), name)).toBe(input);
});
