/** A search without a result among what is loaded. */
export function NothingFound({ query }: { readonly query: string }) {
  return (
    <div class="empty" role="status">
      <p>
        No order in this list matches “<bdi>{query}</bdi>”. Enter opens an order by its number.
      </p>
    </div>
  );
}
