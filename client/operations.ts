const EVENT = 'orderId status version at reason decidedBy deadline reminder';
const ORDER = `orderId orderDetails requestedBy status version createdAt updatedAt deadline decision{kind decidedBy isVerified reason at} history{${EVENT}}`;

export const OPERATIONS = {
  processOrder: `mutation processOrder($input:ProcessOrderInput!){processOrder(input:$input){${ORDER}}}`,
  confirmOrder: `mutation confirmOrder($input:ConfirmOrderInput!){confirmOrder(input:$input){${ORDER}}}`,
  cancelOrder: `mutation cancelOrder($input:CancelOrderInput!){cancelOrder(input:$input){${ORDER}}}`,
  order: `query order($orderId:ID!){order(orderId:$orderId){${ORDER}}}`,
  pendingOrders: `query pendingOrders($limit:Int,$nextToken:String){pendingOrders(limit:$limit,nextToken:$nextToken){items{${ORDER}} nextToken}}`,
  endedOrders: `query endedOrders($limit:Int,$nextToken:String){endedOrders(limit:$limit,nextToken:$nextToken){items{${ORDER}} nextToken}}`,
};

export const ON_ORDER_STATUS = {
  one: `subscription onOrderStatus($orderId:ID){onOrderStatus(orderId:$orderId){${EVENT}}}`,
  every: `subscription onOrderStatus{onOrderStatus{${EVENT}}}`,
};
