import { expect } from 'vitest';
import type { Rule } from '../protocolTarget.ts';
import { ask } from '../request.ts';
import { askSigned } from '../rooms/roomSession.ts';

/** What resolvers and values that do not fit are answered with. */
export const ERROR_RULES: readonly Rule[] = [
  {
    id: 'ER-01',
    level: 'MUST',
    says: "answer a resolver's error with six keys, its data filtered by the selection and its info whole",
    check: async (target) => {
      const { status, headers, body } = await ask(target, '{\n  failing { id label: name }\n}');
      expect([status, headers.get('x-amzn-errortype')]).toEqual([200, null]);
      expect(body).toEqual({
        data: { failing: null },
        errors: [
          {
            path: ['failing'],
            data: { id: '1', label: 'x' },
            errorType: 'RoomGone',
            errorInfo: { retryable: false },
            locations: [{ line: 2, column: 3, sourceName: null }],
            message: 'No room',
          },
        ],
      });
    },
  },
  {
    id: 'ER-02',
    level: 'MUST',
    says: 'name the type, the parent and the path of a null where none is allowed, without locations',
    check: async (target) => {
      const { status, body } = await ask(target, '{ strict { id created } }');
      expect([status, body.data]).toEqual([200, { strict: null }]);
      expect(body.errors).toEqual([
        {
          message:
            "Cannot return null for non-nullable type: 'AWSDateTime' within parent 'Strict' (/strict/created)",
          path: ['strict', 'created'],
          locations: null,
        },
      ]);
    },
  },
  {
    id: 'ER-03',
    level: 'MUST',
    says: 'let a null bubble to the nearest field that may be null',
    check: async (target) => {
      const { body } = await ask(target, '{ strictRooms { id } strict { id } }');
      expect(body.data).toBeNull();
      expect(body.errors).toMatchObject([{ path: ['strictRooms', 1, 'id'] }]);
    },
  },
  {
    id: 'ER-04',
    level: 'MUST',
    says: 'close a field for IAM to a key, and answer the rest',
    check: async (target) => {
      const { status, body } = await ask(target, '{ signed room(id: "1") { id secret } }');
      expect([status, body.data]).toEqual([200, { signed: null, room: { id: '1', secret: null } }]);
      expect(body.errors).toMatchObject([
        { errorType: 'Unauthorized', message: 'Not Authorized to access signed on type Query' },
        { errorType: 'Unauthorized', message: 'Not Authorized to access secret on type Room' },
      ]);
    },
  },
  {
    id: 'ER-05',
    level: 'MUST',
    says: 'open a field for IAM to a signature, and tell its resolver how the caller is authorised',
    check: async (target) => {
      expect((await askSigned(target, '{ signed }')).body).toEqual({
        data: { signed: 'IAM Authorization' },
      });
    },
  },
  {
    id: 'ER-06',
    level: 'MUST',
    says: 'answer null and an error for a value that its scalar does not take',
    check: async (target) => {
      const { status, body } = await ask(target, '{ moment }');
      expect([status, body.data]).toEqual([200, { moment: null }]);
      expect(body.errors).toMatchObject([{ path: ['moment'] }]);
    },
  },
];
