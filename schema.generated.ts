// Made from the schema f2a6bba263aa5714.
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  AWSDateTime: { input: string; output: string; }
};

/** A cancellation. */
export type CancelOrderInput = {
  /** The person or system that cancels, at most 256 characters. A claim: an API key does not identify a person. */
  readonly decidedBy?: InputMaybe<Scalars['String']['input']>;
  /** The order to cancel. */
  readonly orderId: Scalars['ID']['input'];
  /** The reason, at most 256 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A confirmation or a rejection. */
export type ConfirmOrderInput = {
  /** The person or system that decides, at most 256 characters. A claim: an API key does not identify a person. */
  readonly decidedBy?: InputMaybe<Scalars['String']['input']>;
  /** Whether the order goes on; otherwise it is rejected. */
  readonly isConfirmed: Scalars['Boolean']['input'];
  /** The order to decide. */
  readonly orderId: Scalars['ID']['input'];
  /** The reason, at most 256 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The one decision on an order. It never changes. */
export type Decision = {
  /** When the decision was recorded. */
  readonly at: Scalars['AWSDateTime']['output'];
  /** The person or system that decided. A claim unless isVerified is true. */
  readonly decidedBy: Maybe<Scalars['String']['output']>;
  /** Whether decidedBy was verified. False with an API key, which does not identify a person. */
  readonly isVerified: Scalars['Boolean']['output'];
  /** How the order was decided. */
  readonly kind: DecisionKind;
  /** The reason, if one was given. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** How an order was decided. */
export type DecisionKind =
  /** By cancelOrder. */
  | 'CANCELLED'
  /** By confirmOrder: the order goes on. */
  | 'CONFIRMED'
  /** By the deadline. */
  | 'EXPIRED'
  /** By the workflow, which failed before there was another decision. */
  | 'FAILED'
  /** By confirmOrder: the order is rejected. */
  | 'REJECTED';

export type Mutation = {
  /** Cancel an order that waits for its decision. Repeating the cancellation returns the order; after a different decision it fails with OrderAlreadyDecided. */
  readonly cancelOrder: Maybe<Order>;
  /** Confirm or reject an order. A decision may arrive before the order pauses: it is kept and applied. Repeating the decision that stands returns the order; a different decision fails with OrderAlreadyDecided. */
  readonly confirmOrder: Maybe<Order>;
  /** Start an order. Processing the same order again returns the order as it stands now. The same id with different details fails with OrderAlreadyExists. */
  readonly processOrder: Maybe<Order>;
  /** Announce a status to the subscribers. Requires IAM: only the functions that change an order's status call it. */
  readonly publishOrderStatus: OrderStatusEvent;
};


export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


export type MutationConfirmOrderArgs = {
  input: ConfirmOrderInput;
};


export type MutationProcessOrderArgs = {
  input: ProcessOrderInput;
};


export type MutationPublishOrderStatusArgs = {
  input: OrderStatusEventInput;
};

/** An order as it stands. */
export type Order = {
  /** When the order was received. */
  readonly createdAt: Scalars['AWSDateTime']['output'];
  /** While paused: when the order expires. */
  readonly deadline: Maybe<Scalars['AWSDateTime']['output']>;
  /** The decision that stands, as soon as there is one. The status follows when the workflow moves. */
  readonly decision: Maybe<Decision>;
  /** Every status so far, the oldest first. */
  readonly history: ReadonlyArray<OrderStatusEvent>;
  /** Whether requestedBy was verified. False with an API key, which does not identify a person. */
  readonly isRequesterVerified: Scalars['Boolean']['output'];
  /** The details that the order was placed with, byte for byte. They never change; null where none were given, or where they were removed on a person's request after the end. */
  readonly orderDetails: Maybe<Scalars['String']['output']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['output'];
  /** The person or system that placed the order. A claim unless isRequesterVerified is true. */
  readonly requestedBy: Maybe<Scalars['String']['output']>;
  /** The current status. */
  readonly status: OrderStatus;
  /** When the status last changed. */
  readonly updatedAt: Scalars['AWSDateTime']['output'];
  /** The number of the current status: RECEIVED is 1, and every change adds one. */
  readonly version: Scalars['Int']['output'];
};

/** A page of orders. */
export type OrderPage = {
  /** The orders of this page. */
  readonly items: ReadonlyArray<Order>;
  /** Pass it to the next query to continue. Null on the last page. */
  readonly nextToken: Maybe<Scalars['String']['output']>;
};

/** Where an order stands. */
export type OrderStatus =
  /** Final: cancelled. */
  | 'CANCELLED'
  /** Final: confirmed and done. */
  | 'COMPLETED'
  /** Confirmed; the workflow completes the order. */
  | 'CONFIRMED'
  /** Final: the deadline passed without a decision. */
  | 'EXPIRED'
  /** Final: the workflow could not go on. */
  | 'FAILED'
  /** The order waits for confirmOrder or cancelOrder until its deadline. */
  | 'PAUSED'
  /** The workflow works on the order before the pause. */
  | 'PROCESSING'
  /** Accepted and recorded; the workflow is starting. */
  | 'RECEIVED'
  /** Final: rejected. */
  | 'REJECTED';

/** One status of an order, as it was announced. */
export type OrderStatusEvent = {
  /** When the order reached the status. */
  readonly at: Scalars['AWSDateTime']['output'];
  /** While paused: when the order expires. */
  readonly deadline: Maybe<Scalars['AWSDateTime']['output']>;
  /** The person or system that decided, as claimed. */
  readonly decidedBy: Maybe<Scalars['String']['output']>;
  /** The order. */
  readonly orderId: Scalars['ID']['output'];
  /** The reason for the status, if there is one. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** While paused: 0 at the first pause, then the number of the reminder. */
  readonly reminder: Maybe<Scalars['Int']['output']>;
  /** The status that the order reached. */
  readonly status: OrderStatus;
  /** The number of this status in the order's life: 1, 2, 3 and so on without a gap. */
  readonly version: Scalars['Int']['output'];
};

/** One status of an order, as it is announced. */
export type OrderStatusEventInput = {
  /** When the order reached the status. */
  readonly at: Scalars['AWSDateTime']['input'];
  /** While paused: when the order expires. */
  readonly deadline?: InputMaybe<Scalars['AWSDateTime']['input']>;
  /** The person or system that decided, as claimed. */
  readonly decidedBy?: InputMaybe<Scalars['String']['input']>;
  /** The order. */
  readonly orderId: Scalars['ID']['input'];
  /** The reason for the status, if there is one. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** While paused: 0 at the first pause, then the number of the reminder. */
  readonly reminder?: InputMaybe<Scalars['Int']['input']>;
  /** The status that the order has reached. */
  readonly status: OrderStatus;
  /** The number of this status in the order's life: 1, 2, 3 and so on without a gap. */
  readonly version: Scalars['Int']['input'];
};

/** A new order. */
export type ProcessOrderInput = {
  /** What the order is about, at most 16 KiB of UTF-8. Stored and returned byte for byte. */
  readonly orderDetails?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 characters from A-Z, a-z, 0-9, _ and -. The API makes a UUID if left out. */
  readonly orderId?: InputMaybe<Scalars['ID']['input']>;
  /** The person or system that places the order, at most 256 characters. A claim: an API key does not identify a person. */
  readonly requestedBy?: InputMaybe<Scalars['String']['input']>;
};

export type Query = {
  /** Orders that have ended, the newest first. */
  readonly endedOrders: OrderPage;
  /** One order with its history, or null when no order has this id. */
  readonly order: Maybe<Order>;
  /** Paused orders, the nearest deadline first. */
  readonly pendingOrders: OrderPage;
};


export type QueryEndedOrdersArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrderArgs = {
  orderId: Scalars['ID']['input'];
};


export type QueryPendingOrdersArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};

export type Subscription = {
  /** Every status from now on, of one order or of all orders. An event can be lost on its way: a client that must see every version queries the order after start_ack, after a gap and after a reconnect. */
  readonly onOrderStatus: Maybe<OrderStatusEvent>;
};


export type SubscriptionOnOrderStatusArgs = {
  orderId?: InputMaybe<Scalars['ID']['input']>;
};
