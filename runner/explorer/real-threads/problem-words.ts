// Why real threads brought no result, in a sentence, and what to do. Pure.
import { escapeLine } from '../../terminal/escape.ts';
import { shownPath } from '../../terminal/print.ts';
import type { Unusable } from '../scenario.ts';
import type { WithoutResult } from './real-process.ts';

export interface Problem {
  readonly message: string;
  readonly next: string;
}

/** @param file the scenario, absolute */
export function problemWords(
  problem: Unusable | WithoutResult | { readonly kind: 'gone'; readonly how: string },
  file: string,
  view: { readonly cwd: string },
): Problem {
  const shown = shownPath(file, view);
  switch (problem.kind) {
    case 'unusable': {
      const where = `${shownPath(problem.file || file, view)}${problem.line ? `:${problem.line}` : ''}`;
      return {
        message: `${where}: ${escapeLine(problem.reason)}.`,
        next: '"npx interleave explore --help" says what a scenario is.',
      };
    }
    case 'silent': {
      const at = problem.at ? ` It was in line ${problem.at.line}.` : '';
      return {
        message: `${shown}: setup, invariant or final does not come back.${at}`,
        next: 'Let them look at memory and return.',
      };
    }
    case 'gone':
      return {
        message: `${shown}: ${escapeLine(problem.how)}.`,
        next: 'Look for what a thread does besides using shared memory.',
      };
    case 'crashed':
      return {
        message: `${shown}: the process of the real threads ended before its time: ${escapeLine(problem.how)}.`,
        next: 'Look for what the scenario does besides using shared memory.',
      };
    case 'cancelled':
      return { message: 'It was ended.', next: 'Nothing of it is left running.' };
  }
}
