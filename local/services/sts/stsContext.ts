import type { Clock } from '../../ground/clock/clock.ts';
import type { Sessions } from './records/sessions.ts';
import type { Principal, RoleDefinition } from './sts.ts';

/** What every action of STS works with. */
export type StsContext = {
  readonly clock: Clock;
  readonly sessions: Sessions;
  /** By ARN. */
  readonly roles: ReadonlyMap<string, RoleDefinition>;
  readonly caller: Principal;
};
