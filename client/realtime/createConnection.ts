import type { ConnectionState } from '../connectionState.ts';
import { backoff, type Environment } from '../environment.ts';
import type { AnyClientError } from '../errors.ts';
import type { Connection, Topic } from './connection.ts';
import { authorizationOf, createSocket, type Frame, type FramedSocket } from './createSocket.ts';
import { createTimerSet } from './createTimerSet.ts';
import { refusalOfConnection, refusalOfSubscription } from './refusal.ts';

/** AppSync's quota of subscriptions on one connection. */
const MOST_TOPICS = 100;
/** AWS's own clients wait as long for an acknowledgement. */
const ACKNOWLEDGE_MILLISECONDS = 15_000;
/** The service sends a keep-alive every 60 s. */
const SILENCE_MILLISECONDS = 65_000;
const DEFAULT_TIMEOUT_MILLISECONDS = 300_000;
/** A connection that has lasted as long was no false start: the next wait is a short one again. */
const STABLE_MILLISECONDS = 5000;
/** Who leaves one order for the next keeps the socket. */
const LINGER_MILLISECONDS = 1000;

type Subscription = { readonly topic: Topic; isReady: boolean };

export type ConnectionOwner = {
  /** The state has changed. */
  readonly changed: () => void;
  /** The service takes no more subscriptions here, and this topic has no place. */
  readonly overflowed: (topic: Topic) => void;
};

export function createConnection(environment: Environment, owner: ConnectionOwner): Connection {
  return new AppSyncConnection(environment, owner);
}

class AppSyncConnection implements Connection {
  readonly #environment: Environment;
  readonly #owner: ConnectionOwner;
  readonly #timers;
  readonly #subscriptions = new Map<string, Subscription>();
  #socket: FramedSocket | null = null;
  #isAcknowledged = false;
  #isFull = false;
  #isSilent = false;
  #timeout = DEFAULT_TIMEOUT_MILLISECONDS;
  #attempts = 0;
  #lastId = 0;
  #offline: Extract<ConnectionState, { name: 'offline' }> | null = null;

  constructor(environment: Environment, owner: ConnectionOwner) {
    this.#environment = environment;
    this.#owner = owner;
    this.#timers = createTimerSet<
      'acknowledge' | 'silence' | 'timeout' | 'stable' | 'retry' | 'again' | 'linger'
    >(environment.timers);
  }

  size(): number {
    return this.#subscriptions.size;
  }

  hasRoom(): boolean {
    return !this.#isFull && this.size() < MOST_TOPICS;
  }

  state(): ConnectionState {
    if (this.#offline !== null) return this.#offline;
    if (this.#subscriptions.size === 0) return { name: 'idle' };
    const isReady = this.#isAcknowledged && this.#waiting().length === 0;
    if (!isReady) return { name: 'connecting' };
    return { name: this.#isSilent ? 'catching up' : 'live' };
  }

  add(topic: Topic): void {
    const subscription = { topic, isReady: false };
    this.#lastId += 1;
    const id = String(this.#lastId);
    this.#subscriptions.set(id, subscription);
    this.#timers.stop('linger');
    if (this.#socket === null && !this.#timers.isRunning('retry')) this.#open();
    else if (this.#isAcknowledged) this.#start(id, subscription);
    this.#owner.changed();
    if (this.#offline !== null) topic.stale();
  }

  remove(topic: Topic): void {
    const found = [...this.#subscriptions].find(([, subscription]) => subscription.topic === topic);
    if (found === undefined) return;
    const [id] = found;
    this.#subscriptions.delete(id);
    if (this.#isAcknowledged) this.#socket?.send({ id, type: 'stop' });
    if (this.size() === 0) this.#timers.start('linger', LINGER_MILLISECONDS, () => this.#rest());
    this.#owner.changed();
  }

  wake(): void {
    if (this.#timers.isRunning('retry')) this.#open();
  }

  #waiting(): readonly (readonly [string, Subscription])[] {
    return [...this.#subscriptions].filter(([, { isReady }]) => !isReady);
  }

  #topics(): readonly Topic[] {
    return [...this.#subscriptions.values()].map(({ topic }) => topic);
  }

  #open(): void {
    this.#timers.stop('retry');
    this.#offline = null;
    this.#expectAcknowledgement();
    this.#socket = createSocket(this.#environment, {
      frame: (frame) => this.#hear(frame),
      closed: (reason) => this.#lose(reason),
    });
    this.#owner.changed();
  }

  #shut(): void {
    this.#socket?.close();
    this.#socket = null;
    this.#isAcknowledged = false;
    this.#isSilent = false;
    this.#timers.stopAll();
    for (const subscription of this.#subscriptions.values()) subscription.isReady = false;
  }

  #rest(): void {
    this.#shut();
    this.#offline = null;
    this.#owner.changed();
  }

  #lose(reason: string): void {
    this.#shut();
    if (this.size() === 0) return this.#rest();
    const wait = this.#nextWait();
    this.#offline = { name: 'offline', reason, retryAt: this.#environment.timers.now() + wait };
    this.#timers.start('retry', wait, () => this.#open());
    this.#owner.changed();
    for (const topic of this.#topics()) topic.stale();
  }

  /** Trying again would be refused again. */
  #giveUp(error: AnyClientError): void {
    const topics = this.#topics();
    this.#shut();
    this.#subscriptions.clear();
    this.#offline = { name: 'offline', reason: error.message, retryAt: null };
    this.#owner.changed();
    for (const topic of topics) topic.failed(error);
  }

  #nextWait(): number {
    this.#attempts += 1;
    return backoff(this.#attempts - 1, this.#environment.random);
  }

  #expectAcknowledgement(): void {
    this.#timers.start('acknowledge', ACKNOWLEDGE_MILLISECONDS, () =>
      this.#lose('The realtime service does not answer.'),
    );
  }

  #expectMore(): void {
    if (this.#isSilent) {
      this.#isSilent = false;
      this.#owner.changed();
    }
    this.#timers.start('timeout', this.#timeout, () => this.#lose('The realtime service fell silent.'));
    this.#timers.start('silence', Math.min(SILENCE_MILLISECONDS, this.#timeout), () => {
      this.#isSilent = true;
      this.#owner.changed();
      for (const topic of this.#topics()) topic.stale();
    });
  }

  #start(id: string, { topic: { query, variables } }: Subscription): void {
    const extensions = { authorization: authorizationOf(this.#environment) };
    const payload = { data: JSON.stringify({ query, variables }), extensions };
    this.#socket?.send({ id, type: 'start', payload });
    this.#expectAcknowledgement();
  }

  #startWaiting(): void {
    for (const [id, subscription] of this.#waiting()) this.#start(id, subscription);
  }

  #hear(frame: Frame): void {
    if (this.#isAcknowledged) this.#expectMore();
    if (frame.type === 'connection_ack') this.#acknowledge(frame);
    else if (frame.type === 'start_ack') this.#ready(frame.id);
    else if (frame.type === 'data') this.#subscriptions.get(frame.id)?.topic.data(frame.payload);
    else if (frame.type === 'error') this.#refuse(frame);
    else if (frame.type === 'connection_error') this.#refuseConnection(frame);
    else if (frame.type === 'complete' && this.#subscriptions.has(frame.id))
      this.#lose('The realtime service ended a subscription.');
  }

  #acknowledge({ payload: { connectionTimeoutMs } }: Frame): void {
    if (typeof connectionTimeoutMs === 'number' && connectionTimeoutMs > 0) {
      this.#timeout = connectionTimeoutMs;
    }
    this.#isAcknowledged = true;
    this.#timers.stop('acknowledge');
    this.#expectMore();
    this.#startWaiting();
    this.#owner.changed();
  }

  #ready(id: string): void {
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined || subscription.isReady) return;
    subscription.isReady = true;
    if (this.#waiting().length === 0) {
      this.#timers.stop('acknowledge');
      this.#timers.start('stable', STABLE_MILLISECONDS, () => {
        this.#attempts = 0;
      });
    }
    subscription.topic.ready();
    this.#owner.changed();
  }

  #refuse(frame: Frame): void {
    const { id } = frame;
    const { error, next } = refusalOfSubscription(frame);
    const subscription = this.#subscriptions.get(id);
    if (id === '') return this.#lose(error.message);
    if (subscription === undefined) return;
    if (next === 'elsewhere') return this.#overflow(id, subscription);
    if (next === 'again') {
      this.#timers.stop('acknowledge');
      return this.#timers.start('again', this.#nextWait(), () => this.#startWaiting());
    }
    this.#subscriptions.delete(id);
    this.#owner.changed();
    subscription.topic.failed(error);
  }

  #overflow(id: string, { topic }: Subscription): void {
    this.#isFull = true;
    this.#subscriptions.delete(id);
    if (this.#waiting().length === 0) this.#timers.stop('acknowledge');
    this.#owner.overflowed(topic);
  }

  #refuseConnection(frame: Frame): void {
    const { error, next } = refusalOfConnection(frame);
    if (next === 'never') this.#giveUp(error);
    else this.#lose(error.message);
  }
}
