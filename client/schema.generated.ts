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
  /** Who cancels, at most 256 characters. A claim: an API key names no person. */
  readonly decidedBy?: InputMaybe<Scalars['String']['input']>;
  /** The order to cancel. */
  readonly orderId: Scalars['ID']['input'];
  /** Why, at most 256 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A confirmation or a rejection. */
export type ConfirmOrderInput = {
  /** Who decided, at most 256 characters. A claim: an API key names no person. */
  readonly decidedBy?: InputMaybe<Scalars['String']['input']>;
  /** true: the order goes on. false: it is rejected. */
  readonly isConfirmed: Scalars['Boolean']['input'];
  /** The order to decide. */
  readonly orderId: Scalars['ID']['input'];
  /** Why, at most 256 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The one decision that an order ever gets. */
export type Decision = {
  /** When the decision was recorded. */
  readonly at: Scalars['AWSDateTime']['output'];
  /** Who decided, as the caller claimed: an API key names no person. */
  readonly decidedBy: Maybe<Scalars['String']['output']>;
  /** How the order was decided. */
  readonly kind: DecisionKind;
  /** Why, where a reason was given. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** How an order was decided. */
export type DecisionKind =
  /** cancelOrder. */
  | 'CANCELLED'
  /** confirmOrder with isConfirmed true. */
  | 'CONFIRMED'
  /** The deadline passed. */
  | 'EXPIRED'
  /** The workflow failed before anybody decided. */
  | 'FAILED'
  /** confirmOrder with isConfirmed false. */
  | 'REJECTED';

export type Mutation = {
  /** Cancel an order that waits for its confirmation. Repeating it answers the order; after another decision it is refused with OrderAlreadyDecided. */
  readonly cancelOrder: Order;
  /** Confirm or reject a paused order. A decision may arrive before the pause: it is kept and applied. Repeating the decision that stands answers the order; another decision is refused with OrderAlreadyDecided. */
  readonly confirmOrder: Order;
  /** Start an order. Processing the same order again answers the order as it stands now; the same id with other details is refused with OrderAlreadyExists. */
  readonly processOrder: Order;
  /** Announce a status to the subscribers. Only IAM callers may: the functions that change an order's state. */
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
  /** Every status so far, oldest first. */
  readonly history: ReadonlyArray<OrderStatusEvent>;
  /** What processOrder was given, byte for byte. */
  readonly orderDetails: Maybe<Scalars['String']['output']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['output'];
  /** Where the order stands. */
  readonly status: OrderStatus;
  /** When the status changed last. */
  readonly updatedAt: Scalars['AWSDateTime']['output'];
  /** The number of the status: 1 is RECEIVED, and every change adds one. */
  readonly version: Scalars['Int']['output'];
};

/** A page of orders. */
export type OrderPage = {
  /** The orders of this page. */
  readonly items: ReadonlyArray<Order>;
  /** Give it to the next query to go on; null on the last page. */
  readonly nextToken: Maybe<Scalars['String']['output']>;
};

/** Where an order stands. */
export type OrderStatus =
  /** The end: somebody cancelled the order. */
  | 'CANCELLED'
  /** The end: confirmed and done. */
  | 'COMPLETED'
  /** Somebody confirmed; the workflow completes the order. */
  | 'CONFIRMED'
  /** The end: nobody decided before the deadline. */
  | 'EXPIRED'
  /** The end: the workflow could not go on. */
  | 'FAILED'
  /** The order waits for confirmOrder or cancelOrder until its deadline. */
  | 'PAUSED'
  /** The workflow works on the order before the pause. */
  | 'PROCESSING'
  /** Accepted and recorded; the workflow starts. */
  | 'RECEIVED'
  /** The end: somebody rejected the order. */
  | 'REJECTED';

/** One status of an order, as it was announced. */
export type OrderStatusEvent = {
  /** When the order reached the status. */
  readonly at: Scalars['AWSDateTime']['output'];
  /** While paused: when the order expires. */
  readonly deadline: Maybe<Scalars['AWSDateTime']['output']>;
  /** Who decided, as claimed. */
  readonly decidedBy: Maybe<Scalars['String']['output']>;
  /** The order. */
  readonly orderId: Scalars['ID']['output'];
  /** Why, where somebody or something gave a reason. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** While paused: 0 at the first pause, then the number of the reminder. */
  readonly reminder: Maybe<Scalars['Int']['output']>;
  /** The status it reached. */
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
  /** Who decided, as claimed. */
  readonly decidedBy?: InputMaybe<Scalars['String']['input']>;
  /** The order. */
  readonly orderId: Scalars['ID']['input'];
  /** Why, where somebody or something gave a reason. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** While paused: 0 at the first pause, then the number of the reminder. */
  readonly reminder?: InputMaybe<Scalars['Int']['input']>;
  /** The status it has reached. */
  readonly status: OrderStatus;
  /** The number of this status in the order's life: 1, 2, 3 and so on without a gap. */
  readonly version: Scalars['Int']['input'];
};

/** A new order. */
export type ProcessOrderInput = {
  /** Anything the order is about, at most 16 KiB of UTF-8. It is kept and returned byte for byte. */
  readonly orderDetails?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 64 of the characters A-Z a-z 0-9 _ and -. Left out, the API makes a UUID. */
  readonly orderId?: InputMaybe<Scalars['ID']['input']>;
};

export type Query = {
  /** One order with its history, or null when no order has this id. */
  readonly order: Maybe<Order>;
  /** The orders that wait for a confirmation, the nearest deadline first. */
  readonly pendingOrders: OrderPage;
};


export type QueryOrderArgs = {
  orderId: Scalars['ID']['input'];
};


export type QueryPendingOrdersArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
};

export type Subscription = {
  /** Every status from now on, of one order or, without an id, of all orders. Events are hints: a client that must not miss one queries the order after start_ack, after a gap and after a reconnect. */
  readonly onOrderStatus: Maybe<OrderStatusEvent>;
};


export type SubscriptionOnOrderStatusArgs = {
  orderId?: InputMaybe<Scalars['ID']['input']>;
};
