/**
 * What the JSON texts of executions have in common, so that it takes one byte in each of them. The n-th stands in the
 * store as the control character n, which no JSON text contains. Append only, 29 at most: another order is another
 * format of the store.
 */
const PHRASES: readonly string[] = [
  '[[0,0,0,{"input":1}],[8,0,0,{"name":"',
  '","input":1}],[21,',
  ',0,{"parameters":"{\\"FunctionName\\":\\"arn:aws:lambda:us-east-1:111111111111:function:',
  '\\",\\"Payload\\":{',
  '}}","timeoutInSeconds":',
  ',0,{"response":["',
  '",200]}],[9,',
  ',0,{"name":"',
  '","output":1}],[8,',
  '}],[22,',
  ',0,{"token":',
  '{"threads":[{"id":1,"parent":0,"scope":0,"index":0,"state":"',
  '","phase":"token","input":null,"last":',
  '","phase":"invoking","input":null,"last":',
  ',"before":',
  ',"entered":',
  ',"enteredAt":',
  ',"generation":',
  ',"due":',
  '}],"lastEvent":',
  ',"generations":',
  ',"threadCount":1,"end":',
  ',"scheduled":',
  ',"timeoutMilliseconds":',
  ',"request":{"functionName":"arn:aws:lambda:us-east-1:111111111111:function:',
  '","payload":"{',
  '","isEvent":false}',
];
const NAME = '\u001e';
const INPUT = '\u001f';
/** A shorter text saves nothing; a longer one is not worth the time of the search. */
const MIN_SAVED_CHARACTERS = 10;
const MAX_INPUT_CHARACTERS = 1024;
const MAX_TEXT_CHARACTERS = 16_384;
const CODES = new Map(PHRASES.map((phrase, index) => [phrase, String.fromCharCode(index + 1)]));
/** All at once: one after the other takes twice as long. No phrase begins another one that stands behind it. */
const ANY_PHRASE = new RegExp(PHRASES.map(RegExp.escape).join('|'), 'g');

/** What the texts of an execution repeat. */
type Repeated = { readonly name: string; readonly input: string };

/** A JSON text as the store keeps it: short where it has a phrase, or repeats the execution's input or name. */
export function shortText(text: string, { name, input }: Repeated): string {
  if (text.length > MAX_TEXT_CHARACTERS) return text;
  const isUseful = input.length >= MIN_SAVED_CHARACTERS && input.length <= MAX_INPUT_CHARACTERS;
  const short = hideName(isUseful ? text.replaceAll(fieldsOf(input), INPUT) : text, name);
  return short.replaceAll(ANY_PHRASE, (phrase) => CODES.get(phrase) ?? phrase);
}

export function wholeText(short: string, { name, input }: Repeated): string {
  // oxlint-disable-next-line no-control-regex -- they stand for the phrases
  return short.replaceAll(/[\u0001-\u001f]/g, (code) => {
    if (code === INPUT) return fieldsOf(input);
    return code === NAME ? name : (PHRASES[code.charCodeAt(0) - 1] ?? code);
  });
}

/** For a text that may have line ends and tabs, as an input: without the phrases, whose codes they are. */
export function hideName(text: string, name: string): string {
  return name.length < MIN_SAVED_CHARACTERS || text.length > MAX_TEXT_CHARACTERS
    ? text
    : text.replaceAll(name, NAME);
}

export const revealName = (text: string, name: string): string => text.replaceAll(NAME, () => name);

/** What stands between the braces of the input, as it stands in a string of another JSON text. */
function fieldsOf(input: string): string {
  return JSON.stringify(input.slice(1, -1)).slice(1, -1);
}
