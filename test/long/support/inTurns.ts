const CLIENTS = 16;

/** Does the work of every item, as several clients that take one after the other. */
export async function inTurns<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  clients = CLIENTS,
): Promise<void> {
  const left = items.values();
  const client = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: clients }, client));
}
