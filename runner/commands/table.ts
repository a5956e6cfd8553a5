// Every command by its name, in the order in which `help` shows them. Each is imported when it is wanted, so that
// starting costs the same however many there are.
import type { Command } from './command.ts';

type Load = () => Promise<{ readonly command: Command }>;

export const commands: Readonly<Record<string, Load>> = {
  list: () => import('./list.ts'),
  read: () => import('./read.ts'),
  test: () => import('./test.ts'),
  watch: () => import('./watch.ts'),
  hint: () => import('./hint.ts'),
  solution: () => import('./solution.ts'),
  reset: () => import('./reset.ts'),
  progress: () => import('./progress.ts'),
  doctor: () => import('./doctor.ts'),
  demo: () => import('./demo.ts'),
  claims: () => import('./claims.ts'),
  trace: () => import('./trace.ts'),
  drill: () => import('./drill.ts'),
  explore: () => import('./explore.ts'),
  play: () => import('./play.ts'),
  audit: () => import('./audit.ts'),
  help: () => import('./help.ts'),
};
