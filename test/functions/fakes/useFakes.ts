import { afterEach, beforeEach, vi } from 'vitest';
import { resetWorld, world } from './world.ts';

export const START = '2026-01-01T00:00:00.000Z';
export const DEADLINE = '2026-01-04T00:00:00.000Z'; // 72 h later

/** A world of its own for each test, and a clock that stands still. */
export function useFakes(): void {
  beforeEach(() => {
    resetWorld();
    vi.spyOn(console, 'error').mockImplementation((line) => void world.logged.push(String(line)));
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => world.logged.push(String(line)) > 0);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(START) });
  });
  afterEach(() => vi.useRealTimers());
}

export const letPass = (hours: number): void => void vi.setSystemTime(Date.now() + hours * 3_600_000);
