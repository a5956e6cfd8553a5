// The process in which a scenario is explored that anybody may have written: engine, author's checks and, by a process of
// its own again, the threads. Whoever started it kills it when it does not get on.
import { exploreAsyncFile } from './async/explore-async-file.ts';
import { clearOrphans } from '../subject/orphans.ts';
import { exploreFile } from './explore-file.ts';
import { GuestEnded } from './guest-process.ts';
import type { ExplorerOrder, FromExplorer } from './explorer-process.ts';

const beatMs = 200;

// Of explorers that were killed outright, before they could end what they had started.
clearOrphans();

const order = JSON.parse(process.argv[2] ?? '') as ExplorerOrder;
let states = 0;
const say = (message: FromExplorer): void => void process.send?.(message);

// Nobody is there any more to hear the result.
process.on('disconnect', () => process.exit());
const beat = setInterval(() => say({ kind: 'beat', states }), beatMs);

try {
  const explored = await exploreFile(order.file, {
    ...order.options,
    ...(order.follow && { follow: order.follow }),
    onProgress: (now) => {
      states = now;
    },
  });
  if (explored.kind === 'unusable' && explored.ofTasks) {
    const { mostMs, mostStates } = order.options;
    const onProgress = (now: number): void => {
      states = now;
    };
    const options = { ...(mostMs && { mostMs }), ...(mostStates && { mostOrders: mostStates }) };
    const follow = order.followTasks && { follow: order.followTasks };
    say(await exploreAsyncFile(order.file, explored.ofTasks, { ...options, ...follow, onProgress }));
  } else if (explored.kind === 'unusable') say(explored);
  else {
    const { threads, layout, files, digest } = explored.scenario;
    say({ kind: 'explored', threads, views: layout.views, files, digest, exploration: explored.exploration });
  }
} catch (error) {
  if (!(error instanceof GuestEnded)) throw error;
  say({ kind: 'guest-ended', ending: error.ending });
} finally {
  clearInterval(beat);
}
process.disconnect();
