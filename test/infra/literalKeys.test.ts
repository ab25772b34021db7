import { expect, test } from 'vitest';
import { withLiteralKeys } from '../../infra/bundle/literalKeys.ts';

test('writes computed keys of known texts as literals, and leaves all other keys', () => {
  const text = [
    'const _hH = "httpHeader";',
    'const _no = 3;',
    'export var A$ = [3, n0, _A, { [_hH]: _xaebo, [_no]: 1, [other]: 2 }, [() => B$, { [_hH]: [_hH, 1] }]];',
  ].join('\n');

  expect(withLiteralKeys(text).split('\n').at(-1)).toBe(
    'export var A$ = [3, n0, _A, { "httpHeader": _xaebo, [_no]: 1, [other]: 2 }, [() => B$, { "httpHeader": [_hH, 1] }]];',
  );
});
