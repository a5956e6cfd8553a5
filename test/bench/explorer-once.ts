// One exploration in a process of its own, for the bench: what it comes to, how long the search took, how much memory the
// process that searches has used.
import { exploreFile } from '../../runner/explorer/explore-file.ts';

const explored = await exploreFile(process.argv[2] ?? '');
if (explored.kind === 'unusable' || explored.exploration.kind === 'unsupported')
  throw new Error('it cannot be explored');
const { exploration } = explored;
const once: ExplorerOnce = {
  verdict: exploration.kind === 'failed' ? exploration.failure.kind : exploration.bound ? 'bound' : 'passed',
  states: exploration.effort.states,
  searchMs: exploration.effort.ms,
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(JSON.stringify(once));

export interface ExplorerOnce {
  /** a kind of failure, or `passed`; `bound`: not everything was looked at */
  readonly verdict: string;
  readonly states: number;
  readonly searchMs: number;
  readonly peakMiB: number;
}
