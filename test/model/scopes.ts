import type { Scope } from './order/orderModel.ts';

const SMALL: Scope = {
  clients: ['CONFIRMED', 'REJECTED'],
  maxFaults: 0,
  maxReminders: 0,
  maxStops: 0,
  hasNet: true,
  hasOwnWork: false,
};

export const scope = (larger: Partial<Scope>): Scope => ({ ...SMALL, ...larger });

/** What the gate explores: together about a million states. */
export const GATE: Readonly<Record<string, Scope>> = {
  'two clients who disagree, two attempts': scope({ maxReminders: 1 }),
  'one client, any fault': scope({ clients: ['CANCELLED'], maxFaults: 1 }),
  'one client, two attempts, no safety net': scope({
    clients: ['REJECTED'],
    maxReminders: 1,
    hasNet: false,
  }),
  'one client, two attempts, own work': scope({
    clients: ['CONFIRMED'],
    maxReminders: 1,
    hasOwnWork: true,
  }),
  'an execution that is stopped and redriven': scope({ clients: [], maxFaults: 1, maxStops: 1 }),
};

/** What the long run explores beside it. */
export const LONG: Readonly<Record<string, Scope>> = {
  'two clients who disagree, any fault': scope({ maxFaults: 1 }),
  'two clients who disagree, any fault, own work': scope({
    clients: ['CANCELLED', 'CONFIRMED'],
    maxFaults: 1,
    hasOwnWork: true,
  }),
  'one client, an execution that is stopped and redriven': scope({
    clients: ['CONFIRMED'],
    maxFaults: 1,
    maxStops: 1,
  }),
  'one client, two attempts, any fault': scope({ clients: ['CONFIRMED'], maxReminders: 1, maxFaults: 1 }),
  'one client, any two faults': scope({ clients: ['REJECTED'], maxFaults: 2 }),
};
