import { nullable, type Shape } from './answers/shape.ts';
import { EVENT, HISTORY, ORDER, ORDER_PAGE } from './answers/shapes.ts';

/** One field of the API: how it is asked for, and how its value is read. */
export type Operation<Answer> = {
  readonly field: string;
  readonly document: string;
  readonly parse: Shape<Answer>['parse'];
};

/** An operation of one field that passes its variables on, such as `$orderId:ID!`. */
function operation<Answer>(
  type: string,
  field: string,
  variables: string,
  { selection, parse }: Shape<Answer>,
): Operation<Answer> {
  const passed = variables.replaceAll(/\$(\w+):[\w!]+/g, '$1:$$$1');
  return { field, document: `${type} ${field}(${variables}){${field}(${passed})${selection}}`, parse };
}

const PAGE = '$limit:Int,$nextToken:String';

export const OPERATIONS = {
  processOrder: operation('mutation', 'processOrder', '$input:ProcessOrderInput!', ORDER),
  confirmOrder: operation('mutation', 'confirmOrder', '$input:ConfirmOrderInput!', ORDER),
  cancelOrder: operation('mutation', 'cancelOrder', '$input:CancelOrderInput!', ORDER),
  order: operation('query', 'order', '$orderId:ID!', nullable(ORDER)),
  /** What a watch asks for again and again: without the details, which never change. */
  history: operation('query', 'order', '$orderId:ID!', nullable(HISTORY)),
  pendingOrders: operation('query', 'pendingOrders', PAGE, ORDER_PAGE),
  endedOrders: operation('query', 'endedOrders', PAGE, ORDER_PAGE),
};

/**
 * The argument is left out where every order is followed: AppSync takes a variable without a value for null, and
 * null matches only events whose field is null. `ID!` refuses to follow one order without naming it.
 */
export const ON_ORDER_STATUS = {
  one: operation('subscription', 'onOrderStatus', '$orderId:ID!', EVENT).document,
  every: `subscription onOrderStatus{onOrderStatus${EVENT.selection}}`,
};
