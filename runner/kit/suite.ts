// What a lab's suite imports as `interleave/kit`. A suite never imports learner code: `subject()` starts the child
// that runs it, and the suite sees plain answers. It works in the judge and under plain `npx vitest run labs/...`.
import { basename, dirname } from 'node:path';
import { afterAll, expect, test as vitestTest } from 'vitest';
import { loadLab, workingCopyFolder } from '../course/lab.ts';
import { LessonFailure, type Failure } from '../judge/failure.ts';
import { currentJudgement, defaultLayers, Judgement } from '../judge/judgement.ts';
import { observe, type Observation } from '../subject/observation.ts';
import { hasProc } from '../subject/proc.ts';
import { Spares } from '../subject/spares.ts';
import type { ExploreHints, Proof } from './explore.ts';
import { randomFrom, type Random } from './random.ts';

export { checkpoint, i32 } from '../explorer/author-kit.ts';
export type { AsyncScenario, Operations, ThreadScenario } from '../explorer/author-kit.ts';
export { describe, expect } from 'vitest';
export type { ExploreHints, Proof } from './explore.ts';
export type { Failure } from '../judge/failure.ts';
export type { Observation } from '../subject/observation.ts';
export type { Random } from './random.ts';

export interface TestOptions {
  /** fair milliseconds for this test; else the lab's `limits.testMs` */
  readonly limitMs?: number;
  /** `linux`: the test looks at the program through /proc and is skipped elsewhere */
  readonly needs?: 'linux';
}

/** Declares a test, like vitest's own, under the lab's limits. lab.json gives its name its points. */
export function test(name: string, body: () => Promise<void> | void, { limitMs, needs }: TestOptions = {}): void {
  closeAfterThisFile();
  vitestTest.skipIf(needs === 'linux' && !hasProc)(name, async ({ skip }) => {
    const judgement = theJudgement();
    if (judgement.whyNotRun) skip(judgement.whyNotRun);
    await judgement.runTest(name, limitMs ?? judgement.lab.limits.testMs, body);
  });
}

/** Fails the test in the lesson's words unless `isSo`. */
export function check(isSo: boolean, failure: Failure | (() => Failure)): asserts isSo {
  if (!isSo) throw new LessonFailure(typeof failure === 'function' ? failure() : failure);
}

/**
 * Where in the learner's files an error was made that came out of the program, as they know the place:
 * `workspace/11-threads/1-start-and-join/lab.ts:12 (in join)`. Undefined when it was made elsewhere: in a file of the
 * lab's, or out of their sight.
 */
export function madeAt(error: Error): string | undefined {
  return theJudgement().madeAt(error);
}

/** A module on the other side of the wire: functions answer with promises, and what they answer is fresh data. */
export type Remote<M> = {
  readonly [Name in keyof M]: M[Name] extends (...args: infer A) => infer R
    ? (...args: Sent<A>) => Promise<Received<Awaited<R>>>
    : never;
};

/** Callbacks that are handed in run in the judge; the learner's code sees async functions. */
type Sent<A extends unknown[]> = {
  [I in keyof A]: A[I] extends (...args: infer P) => infer R ? (...args: P) => R | Awaited<R> : A[I];
};

/** Functions inside of an answer call back into the subject. */
type Received<T> = T extends (...args: infer A) => infer R
  ? (...args: A) => Promise<Received<Awaited<R>>>
  : T extends readonly unknown[] | Map<unknown, unknown> | Set<unknown> | Date | Error | ArrayBufferView | ArrayBuffer
    ? T
    : T extends object
      ? { [K in keyof T]: Received<T[K]> }
      : T;

export interface RunningLab<Lab, Driver> {
  /** the exports of the learner's first file */
  readonly lab: Remote<Lab>;
  /** the exports of the author's driver.ts, which runs beside it */
  readonly driver: Remote<Driver>;
  /** `new` for an exported class; the answer's methods can be called */
  construct(
    name: keyof Lab & string,
    ...args: unknown[]
  ): Promise<Record<string, (...args: unknown[]) => Promise<unknown>>>;
  /** reads an export that is not a function */
  read(name: keyof Lab & string): Promise<unknown>;
  /** runs `work` and says what the program's threads did meanwhile, as the operating system counts it (Linux) */
  observe<T>(work: () => Promise<T>): Promise<{ result: T; seen: Observation | undefined }>;
  /** what runs in the program now beyond its main thread, in words */
  leftovers(): string[];
}

/** The program under judgement, with the learner's module loaded; the test's time runs from here. */
export async function subject<Lab = Record<string, never>, Driver = Record<string, never>>(): Promise<
  RunningLab<Lab, Driver>
> {
  const judgement = theJudgement();
  const child = await judgement.subject();
  return {
    lab: remote<Lab>((name, args) => child.call('lab', name, args)),
    driver: remote<Driver>((name, args) => child.call('driver', name, args)),
    construct: (name, ...args) =>
      child.call('lab', name, args, true) as Promise<Record<string, (...args: unknown[]) => Promise<unknown>>>,
    read: (name) => child.read('lab', name),
    observe: (work) => observe(child.pid ?? 0, work),
    leftovers: () => judgement.leftovers(),
  };
}

function remote<M>(call: (name: string, args: unknown[]) => Promise<unknown>): Remote<M> {
  return new Proxy({} as Remote<M>, {
    // `then`: awaiting the module must not call an export.
    get: (_, name) =>
      typeof name === 'string' && name !== 'then' ? (...args: unknown[]) => call(name, args) : undefined,
  });
}

/**
 * Tries a scenario of the lab's folder with the file that is judged, in every order of the steps of its threads or tasks; the
 * test fails with the picture of the shortest schedule that fails.
 */
export async function explore(scenario: string, hints: ExploreHints = {}): Promise<Proof> {
  const { exploreScenario } = await import('./explore.ts');
  return exploreScenario(theJudgement(), scenario, hints);
}

/** The random inputs of the test that runs now. */
export function random(): Random {
  return randomFrom(theJudgement().seed, expect.getState().currentTestName ?? '');
}

/** Under plain vitest nobody has made a judgement: the suite's own folder says which lab it is. */
let own: { readonly judgement: Judgement; readonly spares: Spares; readonly suite: string } | undefined;

function theJudgement(): Judgement {
  const given = currentJudgement();
  if (given) return given;
  const suite = expect.getState().testPath ?? '';
  if (own?.suite !== suite) {
    const lab = loadLab(
      `${basename(dirname(dirname(suite)))}/${basename(dirname(suite))}`,
      dirname(dirname(dirname(suite))),
    );
    const spares = new Spares();
    own = { judgement: new Judgement({ lab, ...defaultLayers(lab, workingCopyFolder(lab)) }, spares), spares, suite };
  }
  return own.judgement;
}

const filesToClose = new Set<string>();

function closeAfterThisFile(): void {
  const suite = expect.getState().testPath ?? '';
  if (currentJudgement() || filesToClose.has(suite)) return;
  filesToClose.add(suite);
  afterAll(async () => {
    filesToClose.delete(suite);
    await own?.judgement.close();
    await own?.spares.close();
    own = undefined;
  });
}
