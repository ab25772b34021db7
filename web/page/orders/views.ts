import { DAY, HOUR } from '../time.ts';
import { decidedAt, isDecided, type Entry } from './entry.ts';

export type Tab = 'waiting' | 'decided';
/** Rows under one heading, with how many of them are what the heading says. */
export type Group = { readonly title: string; readonly entries: readonly Entry[]; readonly count: number };
export type View = Readonly<Record<Tab, readonly Entry[]>>;

/**
 * What waits, the nearest deadline first, and what was decided, the newest first. The order in hand, `held`, stays among
 * those that wait until the person moves on, decided or not.
 */
export function viewOf(entries: readonly Entry[], held: string | null): View {
  return {
    waiting: entries.filter((entry) => !isDecided(entry) || entry.orderId === held).toSorted(byDeadline),
    decided: entries.filter(isDecided).toSorted(byDecision),
  };
}

/** The part of both lists that a search finds. */
export function search({ waiting, decided }: View, query: string): View {
  const wanted = query.trim().toLowerCase();
  const isFound = ({ orderId, details, requestedBy, decision }: Entry) =>
    [orderId, details, requestedBy, decision?.decidedBy, decision?.reason].some((text) =>
      text?.toLowerCase().includes(wanted),
    );
  return { waiting: waiting.filter(isFound), decided: decided.filter(isFound) };
}

/** Orders that do not wait yet have no deadline, and come last. */
const NO_DEADLINE = '~';

function byDeadline(left: Entry, right: Entry): number {
  return (left.deadline ?? NO_DEADLINE).localeCompare(right.deadline ?? NO_DEADLINE, 'en');
}

function byDecision(left: Entry, right: Entry): number {
  return decidedAt(right).localeCompare(decidedAt(left), 'en');
}

/** Those that wait, by how soon they must be decided. */
export function byUrgency(entries: readonly Entry[], now: number): readonly Group[] {
  const groups = grouped(entries, ({ deadline }) => {
    if (deadline === null) return 'Being prepared';
    const left = Date.parse(deadline) - now;
    if (left < HOUR) return 'Within the hour';
    return left < DAY ? 'Within a day' : 'Later';
  });
  return groups.map((group) => ({
    ...group,
    count: group.entries.filter((entry) => !isDecided(entry)).length,
  }));
}

/** Those that were decided, by the day. */
export function byDay(entries: readonly Entry[], now: number): readonly Group[] {
  const today = new Date(now).toDateString();
  const yesterday = new Date(now - DAY).toDateString();
  return grouped(entries, (entry) => {
    const day = new Date(decidedAt(entry)).toDateString();
    if (day === today) return 'Today';
    return day === yesterday ? 'Yesterday' : 'Earlier';
  });
}

function grouped(entries: readonly Entry[], titleOf: (entry: Entry) => string): readonly Group[] {
  return [...Map.groupBy(entries, titleOf)].map(([title, group]) => ({
    title,
    entries: group,
    count: group.length,
  }));
}

/** The order that comes next in the queue after this one. */
export function nextAfter(waiting: readonly Entry[], orderId: string | null): Entry | null {
  const at = waiting.findIndex((entry) => entry.orderId === orderId);
  const isOpen = (entry: Entry) => !isDecided(entry) && entry.orderId !== orderId && entry.deadline !== null;
  return waiting.slice(at + 1).find(isOpen) ?? waiting.find(isOpen) ?? null;
}
