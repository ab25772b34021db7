/** Every Lambda function: its name is the path of its handler in `functions/`. */
export const API_HANDLERS = [
  'api/processOrder',
  'api/confirmOrder',
  'api/cancelOrder',
  'api/order',
  'api/pendingOrders',
  'api/endedOrders',
] as const;
export const STEP_HANDLERS = [
  'steps/processOrder',
  'steps/storeTaskToken',
  'steps/completeOrder',
  'steps/rejectOrder',
  'steps/cancelOrder',
  'steps/expireOrder',
  'steps/failOrder',
] as const;
export const RECOVERY_HANDLERS = ['recovery/recordsCreated', 'recovery/executionEnded'] as const;
export const HANDLERS = [...API_HANDLERS, ...STEP_HANDLERS, ...RECOVERY_HANDLERS] as const;

export type ApiHandler = (typeof API_HANDLERS)[number];
export type StepHandler = (typeof STEP_HANDLERS)[number];
export type RecoveryHandler = (typeof RECOVERY_HANDLERS)[number];
export type Handler = (typeof HANDLERS)[number];
