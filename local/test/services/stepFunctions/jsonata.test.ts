import { expect, test } from 'vitest';
import { addFunctions } from '../../../services/stepFunctions/jsonata/functions.ts';
import { loadJsonata } from '../../../services/stepFunctions/jsonata/loadJsonata.ts';
import { withOwnFieldsOnly } from '../../../services/stepFunctions/jsonata/ownFields.ts';

const NEW_YEAR = Date.UTC(2030, 0, 1);
const jsonata = loadJsonata(() => NEW_YEAR);

function evaluate(text: string, bindings: Readonly<Record<string, unknown>> = {}): unknown {
  const expression = jsonata(text);
  addFunctions(expression);
  const value = expression.evaluate(undefined, bindings);
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

test.each([
  [
    '$partition([1, 2, 3, 4], 2)',
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['$partition([1, 2, 3], 2)', [[1, 2], [3]]],
  ['$partition([], 2)', []],
  ['$partition([1, 2, 3, 4], 2.6)', [[1, 2, 3], [4]]],
  ['$range(0, 6, 2)', [0, 2, 4, 6]],
  ['$range(6, 0, -3)', [6, 3, 0]],
  ['$range(0, 5, 2)', [0, 2, 4]],
  ['$range(1, 1, 1)', [1]],
  ['{"a": $range(1, 1, 1)}', { a: [1] }],
  ['{"n": 1}.$range(1, n, 1)', [1]],
  ['($list := $range(1, 1, 1); $list)', [1]],
  ['$map([1, 2], function($n) { $range($n, $n, 1) })', [[1], [2]]],
  ['$partition([1], 1)', [[1]]],
  ['$partition([1, 2], 5)', [[1, 2]]],
  ['$parse("[1]")', [1]],
  ['$base64encode("é€😀")', 'w6nigqzwn5iA'],
  ['$base64decode("w6nigqzwn5iA")', 'é€😀'],
  ['$base64decode("aGk=")', 'hi'],
  ['$base64decode("aGk")', 'hi'],
  ['$base64decode("")', ''],
  ['$hash("input", "SHA-1")', '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'],
  ['$hash("input", "MD5")', 'a43c1b0aa53a0c908810c06ab1ff3967'],
  ['$random(42)', 0.727_563_680_032_868_1],
  ['$parse("{\\"a\\": [1, null]}").a', [1, null]],
  ['$now()', '2030-01-01T00:00:00.000Z'],
  ['$millis()', NEW_YEAR],
])('evaluates %s', (expression, expected) => {
  expect(evaluate(expression)).toEqual(expected);
});

test('makes other random numbers and ids each time', () => {
  expect(evaluate('$random()')).not.toBe(evaluate('$random()'));
  expect(evaluate('$uuid()')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test.each([
  ['$eval("1 + 1")', 'T1006', 'Attempted to invoke a non-function'],
  ['$randomSeeded(1)', 'T1006', 'Attempted to invoke a non-function'],
  ['$partition("x", "y")', 'T0410', 'Argument 2 of function "partition" does not match function signature'],
  ['$base64decode("!!!")', 'D3137', 'The argument of $base64decode is not valid base64: !!!'],
  ['$base64decode("a")', 'D3137', 'The argument of $base64decode is not valid base64: a'],
  ['$base64decode("YW_j")', 'D3137', 'The argument of $base64decode is not valid base64: YW_j'],
  ['$base64decode("YQ==YQ==")', 'D3137', 'The argument of $base64decode is not valid base64: YQ==YQ=='],
  ['$base64decode("YQ=")', 'D3137', 'The argument of $base64decode is not valid base64: YQ='],
  ['$base64decode("aGk= ")', 'D3137', 'The argument of $base64decode is not valid base64: aGk= '],
  ['$sum("a")', 'T0412', 'Argument 1 of function "sum" must be an array of "numbers"'],
])('refuses %s', (expression, code, message) => {
  expect(() => evaluate(expression)).toThrow(expect.objectContaining({ code, message }));
});

test('runs the higher functions of the library at once, without promises', () => {
  expect(evaluate('$map([3, 1, 2], function($v) { $v * 2 }) ~> $sort')).toEqual([2, 4, 6]);
  expect(evaluate('$reduce([1, 2, 3], function($a, $b) { $a + $b })')).toBe(6);
  expect(evaluate('$replace("abc", /b/, function($m) { $uppercase($m.match) })')).toBe('aBc');
  expect(
    evaluate('$x{name: $sum(n)}', {
      x: [
        { name: 'a', n: 1 },
        { name: 'a', n: 2 },
      ],
    }),
  ).toEqual({ a: 3 });
});

test('leaves the bound values as they are', () => {
  const states = { input: { list: [1, 2] } };

  evaluate('$states.input ~> |$|{"list": 3}|', { states });

  expect(states).toEqual({ input: { list: [1, 2] } });
});

const ODD = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "isPrototypeOf": 3, "hasOwnProperty": 4}');

test.each([
  ['$exists($input.constructor)', { a: 1 }, false],
  ['$exists($input.__proto__)', { a: 1 }, false],
  ['$exists($lookup($input, "toString"))', { a: 1 }, false],
  ['[$input.__proto__.x, $input.constructor]', ODD, [1, 2]],
  ['$string({"hasOwnProperty": 1, "__proto__": 2})', null, '{"hasOwnProperty":1,"__proto__":2}'],
  ['$keys([{"__proto__": 1}, {"constructor": 2}])', null, ['__proto__', 'constructor']],
  ['$keys($merge([$input, {"b": 1}]))', ODD, [...Object.keys(ODD), 'b']],
  ['$string($spread({"__proto__": 1})[0])', null, '{"__proto__":1}'],
  ['$string($sift($input, function($v, $k) { $k = "__proto__" }))', ODD, '{"__proto__":{"x":1}}'],
  ['$keys($input ~> |$|{"__proto__": 5, "b": 6}|)', ODD, [...Object.keys(ODD), 'b']],
  [
    '($hasOwnProperty := 1; $constructor := 2; [$hasOwnProperty, $constructor, $exists($toString)])',
    null,
    [1, 2, false],
  ],
])('knows nothing that JavaScript gives to every object: %s', (expression, input, expected) => {
  expect(evaluate(expression, { input })).toEqual(expected);
});

test.each(['$input.valueOf()', '$input.constructor("x")', '$input.__defineGetter__("a", $uuid)'])(
  'runs no function of JavaScript: %s',
  (expression) => {
    expect(() => evaluate(expression, { input: { a: 1 } })).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^T1005|^T1006/) }),
    );
  },
);

test.each(['', 'result = input[key]; result = input[key];'])(
  'refuses a library that has a place never or twice, because it would not be guarded: %j',
  (text) => {
    expect(() => withOwnFieldsOnly(text)).toThrow('jsonata has changed around: result = input[key];');
  },
);
