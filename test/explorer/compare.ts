// One small program under both searches: what they disagree about.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Options } from '../../runner/explorer/engine/options.ts';
import type { Exploration, Failure } from '../../runner/explorer/engine/verdict.ts';
import { bruteForce, TooBig, type BruteVerdict } from './brute-force.ts';
import { exploreHere } from './explore-here.ts';
import { scenarioText, type SmallProgram } from './small-program.ts';

export interface Comparison {
  /** in words; undefined: they agree */
  readonly disagreement: string | undefined;
  /** what both say, or that there is nothing to compare */
  readonly agreed: string;
}

/** @param options a search that allows no preemption at first makes the one over all states do the work */
export async function compare(program: SmallProgram, options: Partial<Options> = {}): Promise<Comparison> {
  let brute: BruteVerdict;
  try {
    brute = bruteForce(program);
  } catch (error) {
    if (error instanceof TooBig) return { disagreement: undefined, agreed: 'too big' };
    throw error;
  }
  const exploration = await exploreText(scenarioText(program), options);
  // It may say that it cannot: where a loop counts its turns. It may not be wrong.
  if (exploration.kind === 'unsupported')
    return { disagreement: undefined, agreed: `unsupported: ${exploration.reason}` };
  // A race is told only if nothing else fails within the bounds; where rounds of a loop were cut, something else may.
  const isBounded = exploration.kind === 'failed' && exploration.bound === 'operations';
  if (isBounded && exploration.failure.kind === 'race' && brute.kinds)
    return { disagreement: undefined, agreed: 'race within bounds' };
  const expected = brute.kinds
    ? `${[...brute.kinds].sort().join(' or ')}, ${brute.preemptions} preemptions, ${brute.steps} steps`
    : 'passed';
  return {
    disagreement: disagreement(exploration, brute, expected),
    agreed: brute.kinds ? [...brute.kinds].join() : 'passed',
  };
}

function disagreement(exploration: Exploration, brute: BruteVerdict, expected: string): string | undefined {
  const said = ((): string => {
    switch (exploration.kind) {
      case 'passed':
        return exploration.bound ? `passed within ${exploration.bound}` : 'passed';
      case 'unsupported':
        return `unsupported: ${exploration.reason}`;
      case 'failed': {
        const { kind, preemptions, steps, repeatsFrom } = exploration.failure;
        return `${kind}, ${preemptions} preemptions, ${repeatsFrom ?? steps.length} steps`;
      }
    }
  })();
  const agrees =
    exploration.kind === 'failed' && brute.earliest
      ? exploration.failure.kind === 'livelock' && isBetween(exploration.failure, brute.earliest, brute)
      : exploration.kind === 'failed'
        ? [...(brute.kinds ?? [])].some(
            (kind) => said === `${kind}, ${brute.preemptions} preemptions, ${brute.steps} steps`,
          )
        : said === expected;
  return agrees ? undefined : `expected ${expected}; the explorer says ${said}`;
}

/** Steps that all threads may need to come round their loops once, and preemptions. */
const oneRound = { preemptions: 2, steps: 24 };

/**
 * The explorer knows threads by what they heard: where a run has come back to is a little finer or coarser to it. Earlier than
 * can be it never is; where a thread remembers how it went round a loop, it may be a round late.
 */
function isBetween(
  { preemptions, repeatsFrom = -1 }: Failure,
  low: Pick<BruteVerdict, 'preemptions' | 'steps'>,
  high: Pick<BruteVerdict, 'preemptions' | 'steps'>,
): boolean {
  const isEarly = preemptions < low.preemptions || (preemptions === low.preemptions && repeatsFrom < low.steps);
  const isLate = preemptions > high.preemptions + oneRound.preemptions || repeatsFrom > high.steps + oneRound.steps;
  return !isEarly && !isLate;
}

export async function exploreText(text: string, options: Partial<Options> = {}): Promise<Exploration> {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-program-'));
  try {
    const file = join(folder, 'scenario.ts');
    writeFileSync(file, text);
    return await exploreHere(file, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
