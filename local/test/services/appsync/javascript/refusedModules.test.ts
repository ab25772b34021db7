import { describe, expect, test } from 'vitest';
import { checkCode } from '../../../../services/appsync/javascript/checkCode.ts';
import { handlerCode } from './handlerCode.ts';

const HANDLERS = 'export function request(ctx) { return {}; }\nexport function response(ctx) { return 1; }\n';
const rulesOf = (code: string) => checkCode(code, 'field.js').map(({ line, rule }) => [line, rule]);

describe('imports', () => {
  test.each([
    ['no-imports', "import fs from 'node:fs';"],
    ['no-imports', "import './other.js';"],
    ['no-imports', "import { one } from './other.js';"],
    ['no-imports', "import { helper } from '@aws-appsync/utils';"],
    ['no-imports', "import { time } from '@aws-appsync/utils';"],
    ['no-imports', "import utils from '@aws-appsync/utils';"],
    ['no-imports', "export * from './other.js';"],
    ['no-imports', "export { one } from './other.js';"],
    ['not-supported-locally', "import * as ddb from '@aws-appsync/utils/dynamodb';"],
    ['not-supported-locally', "import { get } from '@aws-appsync/utils/dynamodb';"],
    ['not-supported-locally', "import { select } from '@aws-appsync/utils/rds';"],
    ['not-supported-locally', "import { invokeModel } from '@aws-appsync/utils/ai';"],
  ])('%s: %s', (rule, statement) => {
    expect(rulesOf(`${HANDLERS}${statement}\n`)).toEqual([[3, rule]]);
  });

  test.each([
    "import { util } from '@aws-appsync/utils';",
    "import { util, extensions, runtime } from '@aws-appsync/utils';",
    "import { util as util2 } from '@aws-appsync/utils';",
    "import * as utils from '@aws-appsync/utils';",
    "import '@aws-appsync/utils';",
  ])('accepted: %s', (statement) => {
    expect(rulesOf(`${statement}\n${HANDLERS}`)).toEqual([]);
  });
});

describe('handlers', () => {
  test.each([
    ['', ['request', 'response']],
    ['export function request(ctx) { return {}; }', ['response']],
    ['export function response(ctx) { return {}; }', ['request']],
    ['function request() {}\nfunction response() {}', ['request', 'response']],
    ['export default { request: 1, response: 2 };', ['request', 'response']],
    ['export const request = {}, response = 1;', ['request', 'response']],
    ['export const { request, response } = { request: 1, response: 2 };', ['request', 'response']],
    ["export { request, response } from './other.js';", ['request', 'response']],
  ])('missing: %s', (code, names) => {
    const missing = checkCode(code, 'field.js').filter(({ rule }) => rule === 'missing-handler');

    expect(missing.map(({ message }) => message)).toEqual(
      names.map((name) => `The code exports no function ${name}.`),
    );
  });

  test.each([
    HANDLERS,
    'export const request = (ctx) => ({}), response = (ctx) => ctx.result;',
    'export const request = function (ctx) { return {}; };\nexport let response = (ctx) => ctx.result;',
    'function request(ctx) { return {}; }\nfunction response(ctx) { return 1; }\nexport { request, response };',
    'var ask = (ctx) => ({});\nvar answer = () => null;\nexport {\n  ask as request,\n  answer as response\n};',
    `${HANDLERS}export const other = 1;\nexport default function () {}\n`,
  ])('accepted: %s', (code) => {
    expect(rulesOf(code)).toEqual([]);
  });
});

describe('utilities', () => {
  test.each([
    'util.toJson(one)',
    'util.parseJson("{}")',
    'util.qr(one)',
    'util.isNull(one)',
    'util.time.now()',
    'util?.time?.now()',
    'util["time"]["now"]()',
    'util.list.copyAndRetainAll([], [])',
    'extensions.setSubscriptionFilters(one)',
    'runtime.skip()',
    'console.warn("a")',
    'console.table(one)',
  ])('%s does not exist', (expression) => {
    expect(rulesOf(handlerCode(`const one = 1;\n  return ${expression};`))).toEqual([
      [4, 'no-unknown-utilities'],
    ]);
  });

  test.each([
    'util.dynamodb.toMapValues({})',
    'util.dynamodb',
    'util["dynamodb"].toDynamoDB(1)',
    'util.rds.toJsonString("")',
    'util.xml.toMap("<a/>")',
    'util.transform.toDynamoDBFilterExpression({})',
    'util.transform.toDynamoDBConditionExpression({})',
    'util.transform.toElasticsearchQueryDSL({})',
  ])('%s is not supported locally', (expression) => {
    const problems = checkCode(handlerCode(`const one = 1;\n  return ${expression};`), 'field.js');

    expect(problems).toMatchObject([{ line: 4, rule: 'not-supported-locally' }]);
    expect(problems[0]?.message).toMatch(/^util\.[\w.]+ is not supported locally\.$/);
  });

  test.each([
    ["import { util as util2 } from '@aws-appsync/utils';", 'util2.dynamodb.toMapValues({})'],
    ["import * as utils from '@aws-appsync/utils';", 'utils.util.dynamodb'],
    ["import { util } from '@aws-appsync/utils';\nconst { dynamodb } = util;", 'dynamodb.toMapValues({})'],
    ['const own = util;', 'own.dynamodb.toMapValues({})'],
  ])('whatever it is called: %s', (before, expression) => {
    const code = `${before}\nexport function request(ctx) { return ${expression}; }\nexport function response() { return 1; }`;

    expect(checkCode(code, 'f').map(({ rule }) => rule)).toEqual(['not-supported-locally']);
  });

  test('something else that has the name of one is the handler’s own', () => {
    const body =
      'const util = { dynamodb: 1 };\n  const console = { warn: () => 1 };\n  return util.dynamodb + console.warn();';

    expect(rulesOf(handlerCode(body))).toEqual([]);
  });
});
