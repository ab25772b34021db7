import type { Fault, FaultKind, Faults } from './faults.ts';

export type ArmableFaults = Faults & {
  /** Arms a fault for the next `times` passages. False when no such point was declared. */
  readonly arm: (fault: Fault, times: number) => boolean;
  readonly heal: () => void;
  readonly points: () => readonly string[];
  readonly armed: () => readonly { point: string; kind: FaultKind; times: number }[];
  /** How often each point was passed since the process began; a point that was never passed is left out. */
  readonly passages: () => Readonly<Record<string, number>>;
};

export function createFaults(): ArmableFaults {
  const points = new Set<string>();
  const passages = new Map<string, number>();
  let armed: { fault: Fault; times: number }[] = [];
  return {
    declare: (point) => void points.add(point),
    take: (point) => {
      passages.set(point, (passages.get(point) ?? 0) + 1);
      const found = armed.find(({ fault }) => fault.point === point);
      if (found === undefined) return null;
      found.times -= 1;
      if (found.times <= 0) armed = armed.filter((one) => one !== found);
      return found.fault;
    },
    arm: (fault, times) => {
      if (!points.has(fault.point)) return false;
      armed.push({ fault, times });
      return true;
    },
    heal: () => {
      armed = [];
    },
    points: () => [...points].toSorted(),
    armed: () => armed.map(({ fault, times }) => ({ point: fault.point, kind: fault.kind, times })),
    passages: () => Object.fromEntries(passages),
  };
}
