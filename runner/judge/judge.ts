// From a request to a verdict, in the trusted process: load the learner's module in a subject, run the suite
// against it, and believe only what is seen from outside.
import { CourseError } from '../course/course-error.ts';
import { suiteFile, type Lab } from '../course/lab.ts';
import { EndedError } from '../subject/endings.ts';
import { hasProc } from '../subject/proc.ts';
import { Spares } from '../subject/spares.ts';
import { verdictOfEnding } from './ending-words.ts';
import { failureText } from './failure.ts';
import { Judgement, setCurrentJudgement, type JudgementRequest } from './judgement.ts';
import { openSuiteRunner, type SuiteRunner } from './suite-runner.ts';
import type { TestNews, TestResult, Verdict, VerdictKind } from './verdict.ts';

export interface Judge {
  /**
   * @param onTest called as each test begins and ends
   * @returns the verdict, or undefined when the signal cancelled it first
   * @throws CourseError when the lab itself is broken
   */
  judge(
    request: JudgementRequest,
    signal: AbortSignal,
    onTest?: (news: TestNews) => void,
  ): Promise<Verdict | undefined>;
  close(): Promise<void>;
}

/** Opens a judge; judgements run one at a time. */
export async function openJudge(): Promise<Judge> {
  const spares = new Spares();
  spares.prepare();
  const suites = await openSuiteRunner();
  let cleaned: Promise<void> = Promise.resolve();
  return {
    async judge(request, signal, onTest) {
      await cleaned;
      if (signal.aborted) return undefined;
      const judgement = new Judgement(request, spares);
      const cancel = (): void => void judgement.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      setCurrentJudgement(judgement);
      try {
        const verdict = await judged(judgement, suites, onTest);
        return signal.aborted ? undefined : verdict;
      } finally {
        signal.removeEventListener('abort', cancel);
        setCurrentJudgement(undefined);
        cleaned = cleanUp(judgement, spares);
      }
    },
    async close() {
      await cleaned;
      await spares.close();
      await suites.close();
    },
  };
}

/** After the verdict is on its way: killing, looking for strays and booting the next subject take longer than a run. */
async function cleanUp(judgement: Judgement, spares: Spares): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await judgement.close();
  spares.prepare();
}

async function judged(judgement: Judgement, suites: SuiteRunner, onTest?: (news: TestNews) => void): Promise<Verdict> {
  const start = performance.now();
  const unrunnable = await loads(judgement);
  const tests = unrunnable ? skipped(judgement.lab) : await suites.run(suiteFile(judgement.lab), onTest);
  if (!unrunnable) requireExactTests(judgement.lab, tests);
  const leftBehind = judgement.leftovers();
  return {
    lab: judgement.lab.id,
    ...conclusion(judgement, tests, leftBehind),
    tests: tests.map((test) => withPictures(judgement, test)),
    ms: Math.round(performance.now() - start),
    seed: judgement.seed,
    leftBehind,
    output: judgement.output,
  };
}

/** Loads the module before the suite runs: what cannot be imported fails no test, it is said once. */
async function loads(judgement: Judgement): Promise<boolean> {
  try {
    await judgement.subject();
    return false;
  } catch (error) {
    if (error instanceof EndedError) return true;
    throw error;
  }
}

/** A pass says what it proves, a failure the same in narrow windows. */
function withPictures({ proofs, narrow }: Judgement, test: TestResult): TestResult {
  const proved = proofs.get(test.name);
  const narrowly = narrow.get(test.name);
  if (test.status === 'passed' && proved)
    return { ...test, message: proved.map(({ words }) => words).join('\n'), proofs: proved };
  return test.status === 'failed' && narrowly !== undefined ? { ...test, narrow: narrowly } : test;
}

function skipped(lab: Lab): TestResult[] {
  return Object.keys(lab.tests).map((name) => ({ name, status: 'skipped', message: '', ms: 0 }));
}

/** The names that lab.json gives points to, each once and no other: a suite that ran nothing proves nothing. */
function requireExactTests(lab: Lab, tests: readonly TestResult[]): void {
  const ran = tests.map(({ name }) => name).sort();
  const wanted = Object.keys(lab.tests).sort();
  if (ran.join('\n') === wanted.join('\n')) return;
  const missing = wanted.filter((name) => !ran.includes(name));
  const extra = ran.filter((name, index) => !wanted.includes(name) || ran[index + 1] === name);
  throw new CourseError(
    `${lab.folder}: lab.json and lab.test.ts disagree about the tests` +
      (missing.length > 0 ? `; not in the suite: ${missing.join(', ')}` : '') +
      (extra.length > 0 ? `; not in lab.json, or twice in the suite: ${extra.join(', ')}` : ''),
    'Give each test of the suite its points in lab.json, under the same name.',
  );
}

function conclusion(
  judgement: Judgement,
  tests: readonly TestResult[],
  leftBehind: readonly string[],
): { verdict: VerdictKind; ending: string; message: string } {
  const { unrunnable } = judgement;
  if (unrunnable)
    return {
      verdict: verdictOfEnding(unrunnable),
      ending: unrunnable.kind,
      message: failureText(judgement.words(unrunnable)),
    };
  // A test that did not run has not passed, unless this system lacks what it needs.
  const first =
    tests.find(({ status }) => status === 'failed') ??
    (hasProc ? tests.find(({ status }) => status === 'skipped') : undefined);
  if (!first && tests.some(({ status }) => status === 'passed'))
    return { verdict: 'passed', ending: 'completed', message: leftWords(leftBehind) };
  const endings = [...judgement.endings.values()];
  const worst =
    endings.find((ending) => verdictOfEnding(ending) === 'not-runnable') ??
    endings.find((ending) => verdictOfEnding(ending) === 'timed-out') ??
    endings[0];
  const verdict = worst ? verdictOfEnding(worst) : 'failed';
  return { verdict, ending: worst?.kind ?? 'completed', message: first?.message || 'Not every test was run.' };
}

function leftWords(leftBehind: readonly string[]): string {
  return leftBehind.length === 0 ? '' : `Still running after the last test, and ended now: ${leftBehind.join(', ')}.`;
}
