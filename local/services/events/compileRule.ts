import { Unsupported } from '../../ground/refusal.ts';
import { checkTargets } from './checkTargets.ts';
import type { RuleDefinition } from './events.ts';
import { compileInput, type MakeInput } from './input/targetInput.ts';
import { compilePattern, type Matches } from './pattern/eventPattern.ts';
import { InvalidPattern } from './pattern/invalidPattern.ts';
import { type NextTime, parseSchedule } from './schedule/parseSchedule.ts';

/** A rule, ready to match events. */
export type Rule = RuleDefinition & {
  readonly matches: Matches;
  readonly nextTime: NextTime | null;
  /** By the target's id. */
  readonly inputs: ReadonlyMap<string, MakeInput>;
};

/** Throws Unsupported, with the rule's name, for what cannot be honoured. */
export function compileRule(rule: RuleDefinition): Rule {
  checkTargets(rule);
  return {
    ...rule,
    matches: compile(rule),
    nextTime: scheduleOf(rule),
    inputs: new Map(rule.targets.map(({ id, input }) => [id, compileInput(input, rule)])),
  };
}

function compile({ name, pattern }: RuleDefinition): Matches {
  if (pattern === null) return () => false;
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new Unsupported(`The event pattern of the rule ${name} is not valid: ${error.message}.`, {
      cause: error,
    });
  }
}

function scheduleOf({ name, schedule, pattern }: RuleDefinition): NextTime | null {
  if (schedule === null && pattern !== null) return null;
  if (schedule === null) throw new Unsupported(`The rule ${name} has neither a pattern nor a schedule.`);
  const nextTime = parseSchedule(schedule);
  if (nextTime !== null) return nextTime;
  throw new Unsupported(
    `The rule ${name} has the schedule ${schedule}: there are rate(5 minutes) and cron(0 8 ? * MON-FRI *), without L, W and #.`,
  );
}
