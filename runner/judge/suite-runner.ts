// The one door to vitest's node API. Suites run in this very process, in a pool whose worker is the process
// itself, so that they stay loaded between two saves: a warm run of five tests costs some 3 ms. No learner code
// ever comes here; it runs in a subject.
import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { createVitest, type TestCase, type Vitest } from 'vitest/node';
import { init, runBaseTests, setupEnvironment } from 'vitest/worker';
import { courseRoot } from '../course/paths.ts';
import { CourseError } from '../course/course-error.ts';
import { collectLostErrors, openWithoutListeners, type LostErrors } from './own-process.ts';
import type { TestNews, TestResult } from './verdict.ts';

export interface SuiteRunner {
  /**
   * Runs one suite file.
   * @param onTest called as each test begins and ends
   * @throws CourseError when the suite itself is broken
   */
  run(suiteFile: string, onTest?: (news: TestNews) => void): Promise<TestResult[]>;
  close(): Promise<void>;
}

/** Tests end by the judge's own limits; this one only frees a judge whose suite waits for something that never comes. */
const suiteTestTimeoutMs = 10 * 60 * 1_000;

export async function openSuiteRunner(): Promise<SuiteRunner> {
  let onTest: ((news: TestNews) => void) | undefined;
  // At a terminal vitest hides the cursor, which is the learner's. What it has to say comes as results.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const vitest = await openWithoutListeners(() =>
    createVitest(
      {
        config: false,
        root: courseRoot,
        watch: false,
        include: ['labs/**/*.test.ts'],
        pool: { name: 'in-process', createPoolWorker: () => new InProcessWorker() },
        isolate: false,
        maxWorkers: 1,
        fileParallelism: false,
        disableConsoleIntercept: true,
        // It would write a file after each run, and the verdict would wait for it.
        cache: false,
        testTimeout: suiteTestTimeoutMs,
        reporters: [
          {
            onTestCaseReady: (test) => onTest?.({ kind: 'began', name: test.fullName }),
            onTestCaseResult: (test) => onTest?.({ kind: 'ended', result: resultOf(test) }),
          },
        ],
        server: { deps: { external: [/[\\/]runner[\\/]/] } },
      },
      {},
      { stdout: nowhere },
    ),
  );
  const lost = collectLostErrors();
  return {
    async run(suiteFile, listener) {
      onTest = listener;
      return runSuite(vitest, suiteFile, lost);
    },
    close: () => vitest.close(),
  };
}

async function runSuite(vitest: Vitest, suiteFile: string, lost: LostErrors): Promise<TestResult[]> {
  lost.take();
  // The author may have edited the suite since the last run.
  vitest.invalidateFile(suiteFile);
  const specification = vitest.getRootProject().createSpecification(suiteFile);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
  // All suites that were ever run here are in the list.
  const module = testModules.find(({ moduleId }) => moduleId === specification.moduleId);
  const broken = [...(module?.errors() ?? []), ...unhandledErrors, ...lost.take()].map(stackOf);
  if (!module || broken.length > 0)
    throw new CourseError(
      `${suiteFile}: the suite itself failed\n${broken.join('\n')}`,
      'This is a mistake in the lab, not in your code.',
    );
  return [...module.children.allTests()].map(resultOf);
}

function stackOf(error: unknown): string {
  const { stack, message } = error as Partial<Error>;
  return stack ?? message ?? String(error);
}

function resultOf(test: TestCase): TestResult {
  const result = test.result();
  const status = result.state === 'passed' ? 'passed' : result.state === 'failed' ? 'failed' : 'skipped';
  const message =
    result.state === 'skipped' ? (result.note ?? '') : (result.errors ?? []).map((error) => error.message).join('\n\n');
  return { name: test.fullName, status, message, ms: Math.round(test.diagnostic()?.duration ?? 0) };
}

/**
 * Both halves of a vitest worker in one process. Messages are cloned as a channel would: vitest changes objects
 * that it has sent.
 */
class InProcessWorker {
  readonly name = 'in-process';
  readonly #toPool = new EventEmitter();
  readonly #toWorker = new EventEmitter();

  on(event: string, callback: (message: unknown) => void): void {
    this.#toPool.on(event, callback);
  }

  off(event: string, callback: (message: unknown) => void): void {
    this.#toPool.off(event, callback);
  }

  send(message: unknown): void {
    deliver(this.#toWorker, message);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  async start(): Promise<void> {
    init({
      post: (message: unknown) => deliver(this.#toPool, message),
      on: (callback) => this.#toWorker.on('message', callback),
      off: (callback) => this.#toWorker.off('message', callback),
      teardown: () => this.#toWorker.removeAllListeners(),
      setup: setupEnvironment,
      runTests: (state, traces) => runBaseTests('run', state, traces),
      collectTests: (state, traces) => runBaseTests('collect', state, traces),
    });
  }

  async stop(): Promise<void> {}
}

function deliver(channel: EventEmitter, message: unknown): void {
  const copy = structuredClone(message);
  queueMicrotask(() => channel.emit('message', copy));
}
