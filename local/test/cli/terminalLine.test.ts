import { expect, test } from 'vitest';
import { terminalLine } from '../../cli/terminalLine.ts';

const NAME = 'Countersign-StepsCompleteOrderFunctionD6B4CED8-C288AA7A7320';

test.each([
  ['a text', 'done', 'Countersign-StepsCompleteOrderFunction | done'],
  [
    'a line of JSON',
    '{"timestamp":"2026-01-01T00:00:00.000Z","level":"INFO","requestId":"r","message":"my own work"}',
    'Countersign-StepsCompleteOrderFunction | INFO my own work',
  ],
  [
    'an object as the message',
    '{"level":"WARN","message":{"orderId":"a","left":2}}',
    'Countersign-StepsCompleteOrderFunction | WARN {"orderId":"a","left":2}',
  ],
  [
    'an error, with where it was thrown',
    '{"level":"ERROR","message":"it broke","errorType":"Error","errorMessage":"closed","stackTrace":["Error: closed","    at work (functions/work/afterApproval.ts:3:9)"]}',
    'Countersign-StepsCompleteOrderFunction | ERROR it broke (Error: closed at work (functions/work/afterApproval.ts:3:9))',
  ],
  [
    'an error as the message, without its fields a second time',
    '{"level":"ERROR","message":{"errorType":"WorkFailed","errorMessage":"closed","stackTrace":["WorkFailed: closed","    at work (functions/work/afterApproval.ts:3:9)"]}}',
    'Countersign-StepsCompleteOrderFunction | ERROR (WorkFailed: closed at work (functions/work/afterApproval.ts:3:9))',
  ],
  [
    'the place of a source without the folder of the bundle',
    `{"level":"ERROR","message":"it broke at work (/home/ada/.countersign/assembly/asset.${'0a'.repeat(32)}/functions/work/afterApproval.ts:3:9)"}`,
    'Countersign-StepsCompleteOrderFunction | ERROR it broke at work (functions/work/afterApproval.ts:3:9)',
  ],
])('shows %s in one short line', (_what, line, text) => {
  expect(terminalLine(NAME, line)).toBe(text);
});

test('leaves the lines of the runtime itself to the log files', () => {
  expect(terminalLine(NAME, '{"type":"platform.report","record":{}}')).toBeNull();
});

test('cuts a line that would fill the screen', () => {
  expect(terminalLine('f', 'x'.repeat(10))).toBe(`f | ${'x'.repeat(10)}`);
  expect(terminalLine('f', JSON.stringify({ level: 'INFO', message: 'x'.repeat(1000) }))).toHaveLength(405);
});
