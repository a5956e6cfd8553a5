// Why an exploration brought no result, in a sentence, and what to do. Pure.
import { escapeLine } from '../terminal/escape.ts';
import { shownPath } from '../terminal/print.ts';
import type { ExplorerEnding } from './explorer-process.ts';

export type WithoutExploration = Exclude<ExplorerEnding, { readonly kind: 'explored' | 'explored-tasks' }>;

/** @param file the scenario, absolute */
export function explorerProblem(
  ending: WithoutExploration,
  file: string,
  view: { readonly cwd: string },
): { readonly message: string; readonly next: string } {
  const shown = shownPath(file, view);
  switch (ending.kind) {
    case 'unusable': {
      const where = `${shownPath(ending.file || file, view)}${ending.line ? `:${ending.line}` : ''}`;
      return {
        message: `${where}: ${escapeLine(ending.reason)}.`,
        next: '"npx interleave explore --help" says what a scenario is.',
      };
    }
    case 'silent': {
      const at = ending.at
        ? ` It was in line ${ending.at.line}${ending.at.within ? ` (${ending.at.within})` : ''}.`
        : '';
      return {
        message: `${shown}: setup, invariant or final does not come back.${at}`,
        next: 'They are called after every step: let them look at memory and return.',
      };
    }
    case 'guest-ended':
      return {
        message: `${shown}: the process in which the threads run ended (${ending.ending.kind}).`,
        next: 'Look for what a thread does besides using shared memory.',
      };
    case 'crashed':
      return {
        message: `${shown}: the exploration ended before its time: ${ending.how}`,
        next: 'Try it with fewer states (--states).',
      };
    case 'cancelled':
      return { message: 'The exploration was ended.', next: 'A bound makes it shorter: --states, --seconds.' };
  }
}
