// A judge in a process of its own, as the program starts it, with the labs of test/fixtures. All that it starts gets a
// TMPDIR of its own, by which what is left of it is found.
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startJudge, type JudgeOptions, type JudgeRequest } from '../../runner/judge/judge-client.ts';
import type { Verdict } from '../../runner/judge/verdict.ts';
import { processesOf } from '../harness/processes.ts';

export const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** What a learner's files would lie in; messages call it so. */
export const shown = 'workspace/90-fixture/lab';

/** By name: text, or bytes. */
export type Sources = Readonly<Record<string, string | Uint8Array>>;

export interface Judging {
  readonly tmp: string;
  /** the folder in which `judge` puts its files */
  readonly folder: string;
  put(sources: Sources): void;
  /** Judges these files as a working copy of the lab `90-fixture/...`. */
  judge(lab: string, sources: Sources, options?: JudgeOptions): Promise<Verdict | undefined>;
  request(lab: string, layers?: JudgeRequest['layers'], options?: JudgeOptions): Promise<Verdict | undefined>;
  /** The process id of the judge. */
  pid(): number;
  /**
   * Waits until nothing runs but the judge and at most one subject that stands ready, and gives what still does when
   * that takes longer than any loaded machine needs.
   */
  left(): Promise<string[]>;
  /** Ends the judge, and gives what is left then. */
  close(): Promise<string[]>;
}

/** @param askEveryMs see startJudge */
export function startJudging(askEveryMs?: number): Judging {
  const before = process.env.TMPDIR;
  const tmp = realpathSync(mkdtempSync(join(tmpdir(), 'judging-')));
  const folder = join(tmp, 'submission');
  process.env.TMPDIR = tmp;
  const client = startJudge(askEveryMs === undefined ? {} : { askEveryMs });

  function put(sources: Sources): void {
    rmSync(folder, { recursive: true, force: true });
    for (const [name, source] of Object.entries({ ...sources })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), source);
    }
    mkdirSync(folder, { recursive: true });
  }

  const request: Judging['request'] = (lab, layers = [{ folder }], options = {}) =>
    client.judge({ lab: `90-fixture/${lab}`, labsRoot: join(fixtures, 'labs'), layers, shown }, options);

  const stages = (): string[] => readdirSync(tmp).filter((name) => name.startsWith('interleave-'));

  async function until(mayStay: number): Promise<string[]> {
    for (const end = performance.now() + 20_000; ; await sleep(20)) {
      const running = processesOf(tmp).filter((line) => !line.endsWith('judge-main.ts'));
      const spares = running.filter((line) => line.endsWith('subject-main.ts'));
      const isClean = spares.length === running.length && spares.length <= mayStay && stages().length <= mayStay;
      if (isClean) return [];
      if (performance.now() > end) return [...running, ...stages()];
    }
  }

  return {
    tmp,
    folder,
    put,
    request,
    async judge(lab, sources, options) {
      put(sources);
      return request(lab, undefined, options);
    },
    pid() {
      const found = processesOf(tmp).find((line) => line.endsWith('judge-main.ts'));
      return Number.parseInt(found ?? 'none', 10);
    },
    left: () => until(1),
    async close() {
      await client.close();
      const left = await until(0);
      rmSync(tmp, { recursive: true, force: true });
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      return left;
    },
  };
}
