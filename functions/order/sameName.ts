/** Names that people type differ in letter case and in spaces; the person is the same. */
export function isSameName(left: string, right: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return plain(left) === plain(right);
}
