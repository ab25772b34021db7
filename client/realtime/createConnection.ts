import { parseError } from '../answers/parseError.ts';
import type { ConnectionState } from '../connectionState.ts';
import { backoff, type RealtimeEnvironment } from '../environment.ts';
import { isHopeless, Unreachable, type ClientError } from '../errors.ts';
import type { Connection, ConnectionOwner } from './connection.ts';
import { createSocket, type Frame, type FramedSocket } from './createSocket.ts';
import { createTimerSet } from './createTimerSet.ts';
import * as waits from './waits.ts';
import { reasonIn, timeoutIn, type Payload } from './payload.ts';
import type { Subscription } from './subscription.ts';

/** AppSync's quota. */
const MAX_SUBSCRIPTIONS = 100;

export function createConnection(environment: RealtimeEnvironment, owner: ConnectionOwner): Connection {
  return new AppSyncConnection(environment, owner);
}

class AppSyncConnection implements Connection {
  readonly subscriptions = new Set<Subscription>();
  readonly #environment: RealtimeEnvironment;
  readonly #owner: ConnectionOwner;
  readonly #timers;
  #socket: FramedSocket | null = null;
  #isAcknowledged = false;
  #isFull = false;
  #isSilent = false;
  #timeout = waits.DEFAULT_TIMEOUT_MILLISECONDS;
  #attempts = 0;
  #offline: ConnectionState | null = null;

  constructor(environment: RealtimeEnvironment, owner: ConnectionOwner) {
    this.#environment = environment;
    this.#owner = owner;
    this.#timers = createTimerSet<waits.Wait>(environment.timers);
  }

  hasRoom(): boolean {
    return !this.#isFull && this.subscriptions.size < MAX_SUBSCRIPTIONS;
  }

  currentState(): ConnectionState {
    if (this.#offline !== null) return this.#offline;
    if (this.subscriptions.size === 0) return { name: 'idle' };
    if (this.#waiting().length > 0) return { name: 'connecting' };
    return { name: this.#isSilent ? 'catching up' : 'live' };
  }

  add(subscription: Subscription): void {
    this.subscriptions.add(subscription);
    this.#timers.stop('linger');
    if (this.#isAcknowledged) this.#start([subscription]);
    else if (this.#timers.isRunning('retry')) subscription.missed();
    else if (this.#socket === null) this.#open();
    this.#owner.changed();
  }

  remove(subscription: Subscription): void {
    if (!this.subscriptions.delete(subscription)) return;
    if (this.#isAcknowledged) this.#socket?.stop(subscription);
    if (this.subscriptions.size === 0) {
      this.#timers.start('linger', waits.MAX_LINGER_MILLISECONDS, () => this.#lose(''));
    }
    this.#owner.changed();
  }

  wake(): void {
    if (this.#timers.isRunning('retry')) this.#open();
  }

  #waiting(): readonly Subscription[] {
    return [...this.subscriptions].filter(({ isReady }) => !isReady);
  }

  #open(): void {
    this.#offline = null;
    this.#timers.stop('retry');
    this.#expectAcknowledgement();
    this.#socket = createSocket(this.#environment, {
      expires: (at) => this.#renewBefore(at),
      frame: (frame) => this.#hear(frame),
      closed: (error) => this.#end(error),
    });
    this.#owner.changed();
  }

  #shut(): void {
    this.#socket?.close();
    this.#socket = null;
    this.#isAcknowledged = false;
    this.#isSilent = false;
    this.#timers.stopAll();
    for (const subscription of this.subscriptions) subscription.isReady = false;
  }

  #lose(reason: string): void {
    this.#end(new Unreachable('Unreachable', reason, true));
  }

  #end(error: ClientError): void {
    const ended = [...this.subscriptions];
    const isOver = isHopeless(error);
    this.#shut();
    this.#offline = null;
    if (isOver) this.subscriptions.clear();
    if (ended.length > 0) {
      const wait = this.#nextWait();
      const retryAt = isOver ? null : this.#environment.timers.now() + wait;
      this.#offline = { name: 'offline', reason: error.message, retryAt };
      if (!isOver) this.#timers.start('retry', wait, () => this.#open());
    }
    this.#owner.changed();
    for (const { failed, missed } of ended) (isOver ? failed : missed)(error);
  }

  #nextWait(): number {
    return backoff(this.#attempts++, this.#environment.random);
  }

  #expectAcknowledgement(): void {
    this.#timers.start('acknowledge', waits.MAX_ACKNOWLEDGE_MILLISECONDS, () =>
      this.#lose('The API could not be reached.'),
    );
  }

  #expectMore(): void {
    this.#isSilent = false;
    this.#timers.start('timeout', this.#timeout, () => this.#lose('The connection went silent.'));
    this.#timers.start('silence', Math.min(waits.MAX_SILENCE_MILLISECONDS, this.#timeout), () => {
      this.#isSilent = true;
      this.#owner.changed();
      for (const { missed } of this.subscriptions) missed();
    });
  }

  #renewBefore(expiresAt: number): void {
    const wait = waits.renewalWait(expiresAt, this.#environment.timers.now());
    if (wait === null) return;
    this.#timers.start('renewal', wait, () => {
      this.#shut();
      if (this.subscriptions.size > 0) this.#open();
    });
  }

  #start(subscriptions: readonly Subscription[]): void {
    for (const subscription of subscriptions) this.#socket?.start(subscription);
    if (subscriptions.length > 0) this.#expectAcknowledgement();
  }

  #hear({ type, id, payload }: Frame): void {
    const subscription = [...this.subscriptions].find((one) => one.id === id);
    if (this.#isAcknowledged) this.#expectMore();
    if (type === 'connection_ack') this.#acknowledge(payload);
    else if (type === 'start_ack') this.#ready(subscription);
    else if (type === 'data') subscription?.data(payload);
    else if (type === 'connection_error' || (type === 'error' && id === ''))
      this.#end(parseError(reasonIn(payload)));
    else if (type === 'error' && subscription !== undefined) this.#refuse(subscription, reasonIn(payload));
    else if (type === 'complete' && subscription !== undefined) this.#lose('The connection was lost.');
    this.#owner.changed();
  }

  #acknowledge(payload: Payload): void {
    this.#timeout = timeoutIn(payload) ?? this.#timeout;
    this.#isAcknowledged = true;
    this.#timers.stop('acknowledge');
    this.#expectMore();
    this.#start(this.#waiting());
  }

  #ready(subscription: Subscription | undefined): void {
    if (subscription === undefined || subscription.isReady) return;
    subscription.isReady = true;
    this.#settle();
    subscription.missed();
  }

  /** Nothing that was started waits for its answer any more. */
  #settle(): void {
    if (this.#waiting().length > 0) return;
    this.#timers.stop('acknowledge');
    this.#timers.start('stable', waits.MIN_STABLE_MILLISECONDS, () => {
      this.#attempts = 0;
    });
  }

  #refuse(subscription: Subscription, reason: Payload): void {
    const error = parseError(reason);
    const isFull = reason['errorType'] === 'MaxSubscriptionsReachedError';
    if (!isFull && !isHopeless(error)) {
      this.#timers.stop('acknowledge');
      return this.#timers.start('again', this.#nextWait(), () => this.#start(this.#waiting()));
    }
    this.#isFull ||= isFull;
    this.subscriptions.delete(subscription);
    this.#settle();
    if (isFull) this.#owner.overflowed(subscription);
    else subscription.failed(error);
  }
}
