/**
 * What the JSON texts of executions have in common, so that it takes one byte in each of them. The n-th stands in the
 * store as the control character n, which no JSON text contains. Append only, thirty at most: another order is another
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
const INPUT = '\u001f';
/** A shorter input saves nothing; a longer one, or a longer text, is not worth the time of the search. */
const MIN_INPUT_CHARACTERS = 10;
const MAX_INPUT_CHARACTERS = 1024;
const MAX_TEXT_CHARACTERS = 16_384;
const codeOf = (index: number) => String.fromCharCode(index + 1);

/** A JSON text as the store keeps it; `input` is the execution's, which may stand in the strings of the text. */
export function shortText(text: string, input: string): string {
  if (text.length > MAX_TEXT_CHARACTERS) return text;
  const isUseful = input.length >= MIN_INPUT_CHARACTERS && input.length <= MAX_INPUT_CHARACTERS;
  let short = isUseful ? text.replaceAll(fieldsOf(input), INPUT) : text;
  for (const [index, phrase] of PHRASES.entries()) short = short.replaceAll(phrase, codeOf(index));
  return short;
}

export function wholeText(short: string, input: string): string {
  // oxlint-disable-next-line no-control-regex -- they stand for the phrases
  return short.replaceAll(/[\u0001-\u001f]/g, (code) =>
    code === INPUT ? fieldsOf(input) : (PHRASES[code.charCodeAt(0) - 1] ?? code),
  );
}

/** What stands between the braces of the input, as it stands in a string of another JSON text. */
function fieldsOf(input: string): string {
  return JSON.stringify(input.slice(1, -1)).slice(1, -1);
}
