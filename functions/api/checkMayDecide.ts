import type { Decision } from '../../schema.generated.ts';
import { approverGroup, isSelfApprovalRefused } from '../aws/environment.ts';
import { NotAllowed } from '../order/errors.ts';
import type { OrderId } from '../order/orderId.ts';
import type { OrderRequest } from '../order/orderRequest.ts';
import type { Person } from '../order/person.ts';
import { isSameName } from '../order/sameName.ts';
import { quote } from '../order/quote.ts';
import { readRequest } from '../records/requests.ts';

/** Refuses a caller who is not in the approvers' group, or who confirms an order of their own (docs/identity.md). */
export async function checkMayDecide(
  orderId: OrderId,
  wanted: Decision,
  person: Person | null,
): Promise<void> {
  const group = approverGroup();
  if (group !== null && person?.groups.includes(group) !== true)
    throw new NotAllowed(
      `Order ${quote(orderId)} can be decided only by members of the group ${quote(group)}.`,
    );
  if (wanted.kind !== 'CONFIRMED' || !isSelfApprovalRefused()) return;
  const request = await readRequest(orderId);
  if (request !== null) checkNotOwn(request, wanted.decidedBy, person);
}

function checkNotOwn(
  request: OrderRequest,
  decidedBy: string | null | undefined,
  person: Person | null,
): void {
  const { orderId, requestedBy, requesterId } = request;
  if (requestedBy === null) return;
  if (decidedBy === null || decidedBy === undefined)
    throw new NotAllowed(
      `Order ${quote(orderId)} cannot be confirmed without a name: pass decidedBy, because its requester may not confirm it.`,
    );
  // Verified identities are compared where both are known; a name is only a claim.
  const isOwn =
    person !== null && requesterId !== null ? person.id === requesterId : isSameName(decidedBy, requestedBy);
  if (isOwn)
    throw new NotAllowed(
      `Order ${quote(orderId)} was placed by ${quote(requestedBy)}, who may not confirm it. Another person must decide.`,
    );
}
