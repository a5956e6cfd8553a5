// One process for the threads of many scenarios, one after the other, where `exploreFile` starts one for each: the same way
// over the wire, without waiting for a hundred processes to start.
import { join } from 'node:path';
import { defaultLimits } from '../../runner/course/lab.ts';
import { stagedFiles } from '../../runner/explorer/explore-file.ts';
import { exploreThreads, type Outside } from '../../runner/explorer/engine/explore.ts';
import { defaultOptions, type Options } from '../../runner/explorer/engine/options.ts';
import type { Opened } from '../../runner/explorer/guest/guest.ts';
import type { Heard, Told } from '../../runner/explorer/guest/replay.ts';
import type { Hung } from '../../runner/explorer/engine/program.ts';
import { loadScenario, type Unusable } from '../../runner/explorer/scenario.ts';
import { isOpened, isTold } from '../../runner/explorer/told-check.ts';
import type { Exploration } from '../../runner/explorer/engine/verdict.ts';
import { EndedError } from '../../runner/subject/endings.ts';
import { maxFrames } from '../../runner/subject/frames.ts';
import { Subject } from '../../runner/subject/subject.ts';

const entry = 'guest.mjs';
const entryText = `export * from ${JSON.stringify(new URL('../../runner/explorer/guest/guest-main.ts', import.meta.url).href)};\n`;
const runMs = 1_000;
/** A subject may send so many frames; a scenario of the tests takes fewer than the rest. */
const mostFrames = maxFrames - 3_000;
/** Each leaves a realm to be collected, sooner or later; outside of the tests a process has a handful of them. */
const mostScenarios = 150;

export class WarmGuest {
  readonly #staged: ReturnType<typeof stagedFiles>;
  #subject: Subject | undefined;
  #frames = 0;
  #scenarios = 0;

  /** @param files all that the scenarios are made of, absolute */
  constructor(files: readonly string[]) {
    this.#staged = stagedFiles(files);
  }

  async explore(file: string, options: Partial<Options> = {}): Promise<Exploration | Unusable> {
    const scenario = loadScenario(file);
    if (scenario.kind === 'unusable') return scenario;
    const opened = await this.#open(file);
    if (opened.kind === 'thrown') throw new Error(`${file} throws when it is imported`);
    if (opened.kind === 'refusal') return { ...opened, kind: 'unsupported' };
    const ask = async (heard: readonly Heard[], rest: object): Promise<Told | Hung> => {
      try {
        const told = await this.#call('advance', { heard, ...rest });
        if (!isTold(told, scenario.bytes.length)) throw new Error(`no answer: ${JSON.stringify(told)}`);
        return told;
      } catch (error) {
        if (!(error instanceof EndedError) || error.ending.kind !== 'time') throw error;
        await this.#open(file);
        return { kind: 'hung', places: [] };
      }
    };
    return exploreThreads({
      ask: Array.from({ length: scenario.threads }, (_, thread) => {
        const beginning: Heard[] = [
          { kind: 'call', demand: ['get', 0, 'thread'], args: [] },
          { kind: 'call', demand: ['apply', 1], args: [undefined, thread, scenario.shared] },
        ];
        return ({ results, ...rest }) => ask([...beginning, ...results], rest);
      }),
      bytes: scenario.bytes,
      checks: scenario.checks,
      outside: async () => {
        const { refusal } = (await this.#call('settle')) as { refusal: Outside | undefined };
        return refusal;
      },
      options: { ...defaultOptions, ...options },
    });
  }

  async close(): Promise<void> {
    await this.#subject?.kill();
  }

  async #open(file: string): Promise<Opened> {
    this.#scenarios += 1;
    if (!this.#subject?.isAlive || this.#frames > mostFrames || this.#scenarios > mostScenarios) {
      await this.#subject?.kill();
      this.#frames = 0;
      this.#scenarios = 1;
      this.#subject = Subject.boot();
      await this.#subject.load({
        files: this.#staged.files,
        support: new Map([[entry, new TextEncoder().encode(entryText)]]),
        lab: entry,
        driver: null,
        limits: defaultLimits,
      });
    }
    const opened = await this.#call('open', join(this.#subject.stage.folder, this.#staged.names.get(file) ?? ''));
    if (!isOpened(opened)) throw new Error(`no answer: ${JSON.stringify(opened)}`);
    return opened;
  }

  async #call(name: string, ...args: unknown[]): Promise<unknown> {
    if (!this.#subject) throw new Error('nothing is open');
    this.#frames += 1;
    const release = this.#subject.limit(runMs);
    try {
      return await this.#subject.call('lab', name, args);
    } finally {
      release();
    }
  }
}
