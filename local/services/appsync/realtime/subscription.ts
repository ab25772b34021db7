import type { Interest } from '../filters/audience.ts';
import type { Filter } from '../filters/filter.ts';
import type { Access } from '../schema/authRules.ts';

/** Where the frames of a subscription go. */
export type Receiver = {
  /** Frames of the WebSocket protocol, in one write. */
  readonly sendFrames: (frames: readonly Buffer[]) => void;
  /** Ends the subscription and, as AppSync does, the whole connection. */
  readonly invalidate: (id: string) => void;
};

export type Subscription = {
  readonly id: string;
  /** Its frames begin with this. */
  readonly frameStart: Buffer;
  readonly field: string;
  /** The field's key in the data: its alias, or its name. */
  readonly key: string;
  /** Names the document among those that are kept; the syntax tree is not, because it takes a hundred times the text. */
  readonly document: string;
  readonly operationName: string | null;
  /** Those that the operation declares. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Subscriptions with the same one get the same data, whatever their arguments. */
  readonly selection: string;
  /** What the subscriber may read. */
  readonly access: Access;
  readonly interest: Interest;
  readonly invalidation: Filter | null;
  readonly receiver: Receiver;
};
