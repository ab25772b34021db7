import type { Outputs } from './localCloud.ts';

/** The execution of an order: it has the order's id as its name. */
export const executionArnOf = ({ StateMachineArn }: Pick<Outputs, 'StateMachineArn'>, orderId: string) =>
  `${StateMachineArn.replace(':stateMachine:', ':execution:')}:${orderId}`;
