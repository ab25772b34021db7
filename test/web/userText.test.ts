import { describe, expect, test } from 'vitest';
import { layOutJson } from '../../web/page/text/jsonText.ts';
import { orderText, shortId, titleOf } from '../../web/page/text/orderText.ts';
import { piecesOf } from '../../web/page/text/pieces.ts';
import { claimSize, detailsSize, isTooLong } from '../../web/page/text/size.ts';

const hidden = (text: string) =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'hidden' ? [`${piece.code} ${piece.name}`] : []));
const links = (text: string) =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []));
const whole = (text: string) => piecesOf(text).map((piece) => piece.text);

describe('invisible characters', () => {
  test.each([
    ['evil\u202Etxt', ['U+202E right-to-left override']],
    ['a\u2066b\u2069', ['U+2066 left-to-right isolate', 'U+2069 end of an isolate']],
    ['1\u200B000', ['U+200B invisible character']],
    ['a\u00ADb\uFEFFc', ['U+00AD invisible character', 'U+FEFF invisible character']],
    ['\u3164 and \u2800', ['U+3164 invisible character', 'U+2800 invisible character']],
    ['x\u{E0041}y', ['U+E0041 invisible character']],
    [
      'a\u0000b\u001Bc\u0085',
      ['U+0000 invisible character', 'U+001B invisible character', 'U+0085 invisible character'],
    ],
    ['one\u2028two', ['U+2028 invisible character']],
    ['a lone \r return', ['U+000D invisible character']],
    ['ab\u200Dcd', ['U+200D invisible character']],
  ])('in %j are named', (text, expected) => {
    expect(hidden(text)).toEqual(expected);
  });

  test.each([
    ['a family', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}'],
    ['a heart of two code points', '\u2764\uFE0F\u200D\u{1F525}'],
    ['Persian', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645'],
    ['Hindi', '\u0915\u094D\u200D\u0937'],
    ['tabs and lines', 'a\tb\nc\r\nd'],
  ])('that belong to %s stay as they are', (_what, text) => {
    expect(hidden(text)).toEqual([]);
  });

  test('lose nothing of the text', () => {
    const text = 'See https://example.com/\u202Ea, or\u200B http://b.example.';
    expect(whole(text).join('')).toBe(text);
  });
});

describe('addresses in a text', () => {
  test.each([
    ['See https://example.com/a?b=1#c.', ['https://example.com/a?b=1#c']],
    ['(http://example.com/x), and more', ['http://example.com/x']],
    ['https://example.com/\u202Egpj.exe', ['https://example.com/']],
    ['javascript:alert(1) data:text/html,x ftp://example.com', []],
    ['https://', []],
  ])('of %j', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });
});

describe('JSON', () => {
  test('is laid out as it was written: no name is dropped and no number rounded', () => {
    const text = '{"a":1.10,"a":12345678901234567890,"b":{"c":[],"d":[true,null,"x, {y}: \\"z\\""]},"e":{}}';

    expect(layOutJson(text)).toBe(
      [
        '{',
        '  "a": 1.10,',
        '  "a": 12345678901234567890,',
        '  "b": {',
        '    "c": [],',
        '    "d": [',
        '      true,',
        '      null,',
        '      "x, {y}: \\"z\\""',
        '    ]',
        '  },',
        '  "e": {}',
        '}',
      ].join('\n'),
    );
  });

  test.each(['{"a":', 'Twelve chairs', '"a text"', '12', ''])('is not made of %j', (text) => {
    expect(layOutJson(text)).toBeNull();
  });

  test.each([
    ['{"name":"Chairs","summary":"x"}', 'Chairs'],
    ['{"summary":"Twelve"}', 'Twelve'],
    ['{"title":7}', null],
    ['[1,2]', null],
  ])('of %s gives its title', (text, title) => {
    expect(orderText(text).title).toBe(title);
  });
});

describe('the heading of an order', () => {
  test('is its first line, which the text below does not repeat', () => {
    expect(orderText('Chairs\n\nErgo Ltd\nTwelve')).toEqual({
      title: 'Chairs',
      isWhole: true,
      body: 'Ergo Ltd\nTwelve',
      isJson: false,
    });
  });

  test('is cut when the line is long, and the text below is whole', () => {
    const line = 'x'.repeat(16_384);

    const { title, isWhole, body } = orderText(line);

    expect(title).toBe(`${'x'.repeat(160)}…`);
    expect({ isWhole, body }).toEqual({ isWhole: false, body: line });
  });

  test('is the number of an order that says nothing', () => {
    expect(titleOf('0b51b7f8-3c5d-4c8e-9a53-111111111111', '  ')).toBe('Order 0b51b7f8');
    expect(shortId('chairs-2026')).toBe('chairs-2026');
  });
});

describe('the size of a text', () => {
  test('is counted in bytes of UTF-8 for the details', () => {
    expect(detailsSize('\u{1F4A9}'.repeat(4097))).toMatchObject({ used: 16_388, unit: 'bytes' });
    expect(isTooLong(detailsSize('\u{1F4A9}'.repeat(4096)))).toBe(false);
    expect(isTooLong(detailsSize('\u{1F4A9}'.repeat(4097)))).toBe(true);
  });

  test('is counted in characters for a name or a note', () => {
    expect(isTooLong(claimSize('\u{1F4A9}'.repeat(256)))).toBe(false);
    expect(isTooLong(claimSize('\u{1F4A9}'.repeat(257)))).toBe(true);
  });
});
