// What is said about a bug of a handler: the place in the code, and words of this realm instead of the engine's.
export default (realm) => {
  const PLACE = /code\.js:(\d+):(\d+)/;
  const SENTENCES = [
    [
      /^Cannot read properties of (null|undefined) \(reading '(.*)'\)$/s,
      "TypeError: Cannot read property '$2' of $1",
    ],
    [
      /^Cannot set properties of (null|undefined) \(setting '(.*)'\)$/s,
      "TypeError: Cannot set property '$2' of $1",
    ],
    [
      /^Cannot destructure (?:property '(.*)' of )?.*as it is (null|undefined)\.?$/s,
      "TypeError: Cannot read property '$1' of $2",
    ],
    [/^Cannot convert undefined or null to object$/, 'TypeError: Expected an object, but got null'],
    [/^(.{1,200}) is not a function.*$/s, 'TypeError: $1 is not a function'],
    [/^(.{1,200}) is not iterable.*$/s, 'TypeError: $1 is not a list'],
    [/^Assignment to constant variable\.$/, 'TypeError: A constant cannot be assigned'],
    [
      /^Cannot (?:assign to read only|add|delete|define) property .*$/s,
      'TypeError: This object cannot be changed',
    ],
    [/^(?:object is not iterable|Spread syntax requires) .*$/s, 'TypeError: The value is not a list'],
    [/^Cannot access '(.*)' before initialization$/, 'ReferenceError: $1 is used before it has a value'],
    [
      /^Converting circular structure to JSON.*$/s,
      'TypeError: An object that contains itself cannot be written as JSON',
    ],
    [/^Do not know how to serialize a BigInt$/, 'TypeError: A BigInt cannot be written as JSON'],
    [/^Invalid (?:array|string) length$/, 'RangeError: The value is too long'],
    [/^Maximum call stack size exceeded$/, 'RangeError: The functions call each other too deeply'],
  ];
  const words = (message) => {
    const [pattern, sentence] = SENTENCES.find(([each]) => each.test(message)) ?? [/$^/, ''];
    return message.replace(pattern, sentence);
  };

  realm.failureOf = (thrown) => {
    const message = words(String(thrown?.message ?? 'The handler failed.'));
    const [, line, column] = PLACE.exec(String(thrown?.stack ?? '')) ?? [];
    const place = line === undefined ? {} : { place: { line: Number(line), column: Number(column) } };
    return { kind: 'failed', type: 'Code', message, ...place };
  };
};
