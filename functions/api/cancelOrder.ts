import { deciding } from './deciding.ts';

export const handler = deciding(() => 'CANCELLED');
