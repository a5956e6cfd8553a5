// How often real threads came to grief by luck, beside what a search found, in lines. Pure.
import { joined, proseColumns } from '../../terminal/block-lines.ts';
import { wrap } from '../../terminal/wrap.ts';
import { counted } from '../picture/words.ts';
import type { FailureKind } from '../engine/verdict.ts';
import { hitsOf, type Tried } from './by-luck.ts';
import type { LinesView } from './replay-lines.ts';

/** What the search said of the same scenario. */
export interface FoundBySearch {
  readonly kind: FailureKind;
  readonly states: number;
}

/** @param found undefined: it found nothing, or was not asked */
export function luckLines(
  tried: Tried,
  found: FoundBySearch | undefined,
  { columns, style }: Omit<LinesView, 'cwd'>,
): string[] {
  const width = Math.min(columns - 1, proseColumns);
  const { rounds, threads, ms, hits, isFresh } = tried;
  const times = hitsOf(tried);
  const seconds = (ms / 1_000).toFixed(1);
  const who = `${counted(threads, 'real thread')} ran free for ${seconds} s`;
  const search = found ? ` Search finds it in ${counted(found.states, 'state')}.` : '';
  const kinds = Object.entries(hits).map(([kind, count]) => `${kind} ${count.toLocaleString('en')}`);
  return joined([
    wrap(`By luck: ${times.toLocaleString('en')} of ${counted(rounds, 'round')}.${search}`, width).map(
      times > 0 ? style.bad : style.strong,
    ),
    [
      `${who}, each round on fresh memory${times > 0 ? ` (${kinds.join(', ')})` : ''}.`,
      ...(isFresh
        ? ['The modules of the scenario keep variables, so each round had to start threads of its own: hence so few.']
        : []),
      ...(found?.kind === 'race' ? ['A data race by itself shows in nothing that could be counted.'] : []),
      ...(found?.kind === 'invariant'
        ? ['Nobody can look on while threads run free: the invariant was looked at when all of them had ended.']
        : []),
    ].flatMap((words) => wrap(words, width)),
  ]);
}
