/** What a process opens besides its connections, generously. */
const OTHER_DESCRIPTORS = 1_000;

/** The most connections, of those that are offered, for which a process of this machine may have descriptors. */
export function openConnections(offered: readonly number[], limit = openFilesLimit()): number {
  const possible = offered.filter((count) => count + OTHER_DESCRIPTORS <= limit);
  if (possible.length === 0)
    throw new Error(`${limit} open files are too few for ${Math.min(...offered)} connections: ulimit -n.`);
  return Math.max(...possible);
}

function openFilesLimit(): number {
  const report: { userLimits: { open_files: { soft: number | 'unlimited' } } } = JSON.parse(
    JSON.stringify(process.report.getReport()),
  );
  const { soft } = report.userLimits.open_files;
  return soft === 'unlimited' ? Infinity : Number(soft);
}
