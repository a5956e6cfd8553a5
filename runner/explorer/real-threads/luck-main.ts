// The process in which threads run freely, round after round, and in which is counted how often they come to grief. Its main
// thread sleeps while they run. Whoever started it kills it when it does not get on.
import './kit-resolution.ts';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { keepsState } from '../guest/lower.ts';
import { Layout } from '../engine/layout.ts';
import { loadScenario } from '../scenario.ts';
import type { FailureKind } from '../engine/verdict.ts';
import type { FromLuck, Tried } from './by-luck.ts';
import type { LuckThreadOrder } from './luck-thread-main.ts';
import { report, type Beat } from './report.ts';
import { Sleepers } from './sleepers.ts';
import { StartingLine } from './starting-line.ts';

const threadEntry = new URL('./luck-thread-main.ts', import.meta.url);
const beatMs = 200;
/**
 * All that have not ended sleep, and still do after so long: nobody wakes them. A wait with a longer limit of its own is taken
 * for one without: V8 counts sleepers and does not say for how long they sleep.
 */
const asleepMs = 1_000;
/** A round takes some microseconds; one that has not ended after so long does not end. */
const endlessMs = 4_000;
const readyMs = 20;
const heapMiB = 256;

/** What has happened to a worker is told between two rounds. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** The parts of a scenario that are no thread's. */
interface Author {
  setup(): unknown;
  invariant?(shared: unknown): unknown;
  final?(shared: unknown): unknown;
}

/** The threads of some rounds: until one of them gets stuck, or has to make room for a fresh one. */
class Team {
  readonly #line: StartingLine;
  readonly #workers: readonly Worker[];
  /** why one of them is gone */
  gone: string | undefined;

  constructor(file: string, threads: number) {
    const line = StartingLine.forThreads(threads);
    this.#line = new StartingLine(line);
    this.#workers = Array.from({ length: threads }, (_, thread) => {
      const order: LuckThreadOrder = { file, thread, line };
      const worker = new Worker(threadEntry, {
        workerData: order,
        // What it prints is for nobody.
        stdout: true,
        stderr: true,
        resourceLimits: { maxOldGenerationSizeMb: heapMiB },
      });
      for (const stream of [worker.stdout, worker.stderr]) stream.resume();
      const end = (how: string): void => void (this.gone ??= `thread ${thread}: ${how}`);
      worker.on('error', (error: unknown) => end(error instanceof Error ? error.message : String(error)));
      worker.on('exit', (code) => end(`its worker ended with code ${code}`));
      return worker;
    });
  }

  /** @returns false when one of them does not get to the first round */
  async isReady(): Promise<boolean> {
    while (this.#line.unfinished(readyMs) > 0) {
      beat();
      await turn();
      if (this.gone !== undefined) return false;
    }
    return true;
  }

  /** Blocks while a round goes on. @returns what went wrong with the threads themselves */
  play(shared: unknown): FailureKind | undefined {
    for (const worker of this.#workers) worker.postMessage(shared);
    this.#line.start();
    const start = performance.now();
    let unfinished = this.#line.unfinished(beatMs);
    while (unfinished > 0) {
      beat();
      const ms = performance.now() - start;
      if (ms > asleepMs && asleep(shared) === unfinished) return 'deadlock';
      if (ms > endlessMs) return 'livelock';
      unfinished = this.#line.unfinished(beatMs);
    }
    const outcomes = this.#line.outcomes();
    return outcomes.includes('exception') ? 'exception' : outcomes.includes('assertion') ? 'assertion' : undefined;
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function asleep(shared: unknown): number {
  let count = 0;
  for (const buffer of Layout.of(shared).buffers) count += new Sleepers(buffer).all();
  return count;
}

const [, , file = '', seconds = '1'] = process.argv;
const say = (message: FromLuck | Beat): void => report(message);
let rounds = 0;
const hits: Partial<Record<FailureKind, number>> = {};
let lastBeatMs = performance.now();

function beat(): void {
  lastBeatMs = performance.now();
  say({ kind: 'beat', done: rounds, hits: Object.values(hits).reduce((sum, count) => sum + count, 0) });
}

beat();
const scenario = loadScenario(file);
if (scenario.kind === 'unusable') say(scenario);
else say(await tryLuck(scenario.threads, scenario.files.some(hasState)));

async function tryLuck(threads: number, isFresh: boolean): Promise<Tried | Extract<FromLuck, { kind: 'gone' }>> {
  const author = (await import(pathToFileURL(file).href)) as Author;
  let startMs = 0;
  do {
    const team = new Team(file, threads);
    const isReady = await team.isReady();
    // It is the rounds that have so many seconds.
    startMs ||= performance.now();
    const isStuck = isReady && (await playUntilStuck(team, author, startMs + Number(seconds) * 1_000, isFresh));
    const { gone } = team;
    await team.dismiss();
    if (gone !== undefined && !isStuck) return { kind: 'gone', how: gone };
  } while (performance.now() < startMs + Number(seconds) * 1_000);
  return { kind: 'tried', threads, rounds, hits, isFresh, ms: Math.round(performance.now() - startMs) };
}

/** @returns whether threads are left that will not end */
async function playUntilStuck(team: Team, author: Author, endMs: number, isFresh: boolean): Promise<boolean> {
  do {
    if (performance.now() - lastBeatMs > beatMs) {
      beat();
      await turn();
    }
    if (team.gone !== undefined) return false;
    const shared = author.setup();
    const wrong = team.play(shared) ?? checked(author, shared);
    const isStuck = wrong === 'deadlock' || wrong === 'livelock';
    if (isStuck) await turn();
    if (team.gone !== undefined) return false;
    rounds += 1;
    if (wrong) hits[wrong] = (hits[wrong] ?? 0) + 1;
    if (isStuck || isFresh) return isStuck;
  } while (performance.now() < endMs);
  return false;
}

function checked({ invariant, final }: Author, shared: unknown): FailureKind | undefined {
  if (!holds(invariant, shared)) return 'invariant';
  return holds(final, shared) ? undefined : 'assertion';
}

function holds(check: Author['final'], shared: unknown): boolean {
  try {
    return check?.(shared) !== false;
  } catch {
    return false;
  }
}

function hasState(path: string): boolean {
  const source = readFileSync(path, 'utf8');
  return keepsState(/\.[mc]?ts$/.test(path) ? stripTypeScriptTypes(source) : source);
}
