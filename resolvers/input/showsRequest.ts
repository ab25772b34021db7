import type { Info } from '@aws-appsync/utils';

/**
 * Whether the answer shows what stands in the request, which costs a read. AppSync leaves the fields of named fragments out of
 * the selection, so a fragment counts as if it showed everything.
 */
export function showsRequest({ selectionSetGraphQL }: Info): boolean {
  return ['orderDetails', 'requestedBy', 'isRequesterVerified', '...'].some((part) =>
    selectionSetGraphQL.includes(part),
  );
}
