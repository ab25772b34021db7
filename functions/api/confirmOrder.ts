import { parseConfirmed } from '../order/input.ts';
import { deciding } from './deciding.ts';

export const handler = deciding((input) =>
  parseConfirmed(input.value('isConfirmed')) ? 'CONFIRMED' : 'REJECTED',
);
