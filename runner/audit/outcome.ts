// What a verdict proves about a trial: pure, from data to a problem or to none. It knows nothing of how it was judged.
import type { Verdict } from '../judge/verdict.ts';
import { onOneLine, saysWords } from './caught-by.ts';
import type { Trial } from './trials.ts';

export type Outcome =
  | { readonly kind: 'as-it-says' }
  /** the test that decides cannot run on this machine */
  | { readonly kind: 'not-proved-here' }
  | { readonly kind: 'problem'; readonly line: number | undefined; readonly message: string };

/** Longer messages are cut: the first words tell which one it was. */
const longestQuote = 300;

export function outcomeOf(trial: Trial, verdict: Verdict): Outcome {
  switch (trial.kind) {
    case 'starter':
      return starterOutcome(verdict);
    case 'solution':
    case 'right':
      return verdict.verdict === 'passed' ? { kind: 'as-it-says' } : problem(`must pass, but ${whatHappened(verdict)}`);
    case 'wrong':
      return wrongOutcome(trial, verdict);
  }
}

/** The first thing that a learner sees is a failure in the lesson's words, not a limit, a crash or a typo of ours. */
function starterOutcome(verdict: Verdict): Outcome {
  if (verdict.verdict === 'failed') return { kind: 'as-it-says' };
  const what = verdict.verdict === 'passed' ? 'it passes: nothing is left to do' : whatHappened(verdict);
  return problem(`the starter must run and fail, but ${what}`);
}

function wrongOutcome({ caughtBy }: Trial, verdict: Verdict): Outcome {
  if (!caughtBy) return { kind: 'as-it-says' };
  const { test, words } = caughtBy;
  const result = verdict.tests.find(({ name }) => name === test);
  if (result?.status === 'failed') {
    if (saysWords(result.message, words)) return { kind: 'as-it-says' };
    return problem(`"${test}" failed, but not with the words "${words}"; it said: ${quote(result.message)}`, 1);
  }
  if (verdict.verdict === 'passed' && result?.status === 'skipped') return { kind: 'not-proved-here' };
  if (verdict.verdict === 'passed')
    return problem(`nothing caught it: it passes the suite, and "${test}" should have failed`, 1);
  return problem(`"${test}" did not catch it: ${whatHappened(verdict)}`, 1);
}

const inWords: Readonly<Record<Verdict['verdict'], string>> = {
  passed: 'it passed',
  failed: 'it failed',
  'timed-out': 'it ran into a limit',
  crashed: 'it crashed',
  'not-runnable': 'it could not be run',
};

/** `it failed "keeps order": Expected: ...`. */
function whatHappened(verdict: Verdict): string {
  const failed = verdict.tests.find(({ status }) => status === 'failed');
  const how = inWords[verdict.verdict] + (failed ? ` in "${failed.name}"` : '');
  return `${how}: ${quote(failed?.message ?? verdict.message)}`;
}

function quote(message: string): string {
  const line = onOneLine(message);
  return line.length > longestQuote ? `${line.slice(0, longestQuote - 3)}...` : line;
}

function problem(message: string, line?: number): Outcome {
  return { kind: 'problem', line, message };
}
