export const FAULT_KINDS = ['error', 'throttle', 'lost-response', 'delay', 'duplicate', 'kill'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
export type Fault = { readonly point: string; readonly kind: FaultKind; readonly milliseconds: number };

/** Points where a test may make the cloud misbehave, such as `s3.PutObject`. Empty without --test-controls. */
export type Faults = {
  /** Declares a point, so that GET /_local/faults lists it. */
  readonly declare: (point: string) => void;
  /** The fault armed for this passage of the point, counted down; null when there is none. */
  readonly take: (point: string) => Fault | null;
};

export const noFaults: Faults = { declare: () => {}, take: () => null };
