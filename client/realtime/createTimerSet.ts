import type { Timers } from '../platform.ts';

/** Timers by name: starting one again replaces it. */
export type TimerSet<Name extends string> = {
  readonly start: (name: Name, milliseconds: number, act: () => void) => void;
  readonly stop: (name: Name) => void;
  readonly stopAll: () => void;
  readonly isRunning: (name: Name) => boolean;
};

export function createTimerSet<Name extends string>(timers: Timers): TimerSet<Name> {
  const running = new Map<Name, unknown>();
  const stop = (name: Name) => {
    timers.clearTimeout(running.get(name));
    running.delete(name);
  };
  return {
    start: (name, milliseconds, act) => {
      stop(name);
      const fire = () => {
        running.delete(name);
        act();
      };
      running.set(name, timers.setTimeout(fire, milliseconds));
    },
    stop,
    stopAll: () => {
      for (const name of running.keys()) stop(name);
    },
    isRunning: (name) => running.has(name),
  };
}
