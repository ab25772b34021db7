import type { Clock } from '../../../ground/clock/clock.ts';
import type { Scheduler } from '../../../ground/scheduler/scheduler.ts';
import type { NextTime } from './parseSchedule.ts';

type Scheduled = {
  readonly name: string;
  readonly schedule: string | null;
  readonly enabled: boolean;
  readonly nextTime: NextTime | null;
};

export type SchedulesOptions<Rule extends Scheduled> = {
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly ruleOf: (name: string) => Rule | undefined;
  /** Sends the rule's event for a time, in the open transaction. */
  readonly fire: (rule: Rule, time: number) => void;
};

export type Schedules<Rule> = { readonly start: (rules: readonly Rule[]) => void };

const SCHEDULE = 'events.schedule';

/** What came due longer ago, while the process was down or the clock was put forward, is passed over. */
const MAX_DELAY_MILLISECONDS = 86_400_000;

/** Rules that go by the cloud's clock. What came due meanwhile is made up for, one time after the other. */
export function createSchedules<Rule extends Scheduled>(options: SchedulesOptions<Rule>): Schedules<Rule> {
  const { scheduler, clock, ruleOf, fire } = options;

  function planAfter(rule: Scheduled, time: number): void {
    const next = rule.nextTime?.(time) ?? null;
    if (next !== null) scheduler.set(SCHEDULE, keyOf(rule), next);
  }

  scheduler.handle(SCHEDULE, (key, due) => {
    const rule = ruleOf(key.split(' ')[0] ?? '');
    if (rule === undefined || !rule.enabled || keyOf(rule) !== key) return;
    fire(rule, due);
    planAfter(rule, Math.max(due, clock.now() - MAX_DELAY_MILLISECONDS));
  });
  return {
    start: (rules) => {
      for (const rule of rules) {
        const known = scheduler.dueOf(SCHEDULE, keyOf(rule));
        if (known === null) planAfter(rule, clock.now());
      }
    },
  };
}

/** A deadline is of a rule and its schedule: when the template has another schedule, the deadline is dropped. */
function keyOf({ name, schedule }: Scheduled): string {
  return `${name} ${schedule}`;
}
