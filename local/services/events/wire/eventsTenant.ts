import { awsJsonTenant } from '../../../wire/awsJson.ts';
import type { HttpHandler } from '../../../wire/httpMessage.ts';
import type { Tenant } from '../../../wire/tenant.ts';
import { EVENTS_ACTIONS } from './handleEvents.ts';

export function eventsTenant(handle: HttpHandler): Tenant {
  return awsJsonTenant({
    name: 'events',
    title: 'EventBridge',
    scope: 'events',
    target: 'AWSEvents',
    operations: Object.keys(EVENTS_ACTIONS),
    handle,
  });
}
