// The handlers stand before anything else is loaded: a signal during the start stops it, too.
const stopping = Promise.withResolvers<void>();
let isReady = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!isReady) process.exit(0); // everything that counts is on disk; outputs.json is not there yet
    stopping.resolve();
  });
}
// Whoever listened has gone away (`npm start | head`): the cloud goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
// The data folder belongs to its owner, with all that is written into it.
process.umask(0o077);

const { run } = await import('./run.ts');
const onReady = () => {
  isReady = true;
};
process.exit(await run(process.argv.slice(2), { onReady, stopping: stopping.promise }));
