// From the write of a file to the verdict on standard output: `interleave watch` against `vitest --watch` and a
// cold `vitest run` of the same suite and module. The contenders take turns in random order within each round, so
// that whatever else the machine does hits all of them.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { courseRoot } from '../../runner/course/paths.ts';
import { copyCourse } from './copied-course.ts';

const fixtures = join(courseRoot, 'test/fixtures/labs');
const labFolder = '90-fixture/1-five-tests';

/** Between two saves, so that what a contender does after its verdict is not charged to the next one. */
const pauseMs = 400;

interface Contender {
  readonly name: string;
  /** saves the module anew and resolves, once the verdict was read, with the milliseconds since the write */
  save(round: number): Promise<number>;
  stop(): Promise<void>;
}

export interface SaveToVerdict {
  readonly name: string;
  /** milliseconds, one for each round */
  readonly samples: readonly number[];
}

/**
 * @param onRound called after each round, for progress
 */
export async function measureSaveToVerdict(
  rounds: number,
  onRound: (done: number) => void = () => {},
): Promise<SaveToVerdict[]> {
  const course = copyCourse(fixtures);
  const solved = readFileSync(join(fixtures, labFolder, 'lab.ts'), 'utf8').replace('return x;', 'return 2 * x;');
  const contenders: Contender[] = [];
  try {
    contenders.push(await interleaveWatch(course.root, solved));
    const plain = plainSuite(course.root, solved);
    contenders.push(await vitestWatch(plain, solved), coldVitest(plain, solved));
    const samples = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of [...contenders].sort(() => Math.random() - 0.5)) {
        samples.get(contender.name)?.push(await contender.save(round));
        await sleep(pauseMs);
      }
      onRound(round + 1);
    }
    return contenders.map(({ name }) => ({ name, samples: samples.get(name) ?? [] }));
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
    course.remove();
  }
}

async function interleaveWatch(root: string, solved: string): Promise<Contender> {
  const file = join(root, 'workspace', labFolder, 'lab.ts');
  mkdirSync(join(root, 'workspace', labFolder), { recursive: true });
  writeFileSync(file, solved);
  const child = start([join(root, 'runner/launch.mjs'), 'watch', '90.1'], root);
  return watching('interleave watch', child, /Passed: all 5 tests/, file, solved);
}

/** The same suite and module as any vitest project has them. */
function plainSuite(root: string, solved: string): string {
  const folder = join(root, 'plain');
  mkdirSync(folder);
  const suite = readFileSync(join(fixtures, labFolder, 'lab.test.ts'), 'utf8').replace(
    "'interleave/kit'",
    "'./direct-kit.ts'",
  );
  writeFileSync(join(folder, 'lab.test.ts'), suite);
  writeFileSync(join(folder, 'lab.ts'), solved);
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default {};\n');
  copyFileSync(join(courseRoot, 'test/fixtures/bench/direct-kit.ts'), join(folder, 'direct-kit.ts'));
  return folder;
}

const vitest = join(courseRoot, 'node_modules/vitest/vitest.mjs');

async function vitestWatch(folder: string, solved: string): Promise<Contender> {
  return watching(
    'vitest --watch',
    start([vitest, '--watch', '--no-color'], folder),
    /Tests +5 passed/,
    join(folder, 'lab.ts'),
    solved,
  );
}

function coldVitest(folder: string, solved: string): Contender {
  return {
    name: 'vitest run, cold',
    async save(round) {
      const at = write(join(folder, 'lab.ts'), solved, round);
      const child = start([vitest, 'run', '--no-color'], folder);
      await saw(child, /Tests +5 passed/);
      const ms = performance.now() - at;
      await stop(child);
      return ms;
    },
    stop: async () => {},
  };
}

async function watching(
  name: string,
  child: ChildProcess,
  verdict: RegExp,
  file: string,
  solved: string,
): Promise<Contender> {
  await saw(child, verdict);
  // A watcher may be armed just after the first verdict.
  await sleep(1_000);
  return {
    name,
    async save(round) {
      const seen = saw(child, verdict);
      const at = write(file, solved, round);
      await seen;
      return performance.now() - at;
    },
    stop: () => stop(child),
  };
}

function write(file: string, solved: string, round: number): number {
  const text = `${solved}// round ${round} at ${Date.now()}\n`;
  const at = performance.now();
  writeFileSync(file, text);
  return at;
}

function start(args: readonly string[], cwd: string): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
  // vitest does not watch in CI; the contenders are the same everywhere.
  for (const name of ['CI', 'VITEST', 'INTERLEAVE_HOME']) delete env[name];
  return spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function saw(child: ChildProcess, verdict: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (verdict.test(text)) finish(resolve);
    };
    const onExit = (code: number | null): void =>
      finish(() => reject(new Error(`ended with ${code} before its verdict:\n${text}`)));
    const timer = setTimeout(() => finish(() => reject(new Error(`no verdict after a minute:\n${text}`))), 60_000);
    function finish(settle: () => void): void {
      clearTimeout(timer);
      child.stdout?.off('data', onData);
      child.stderr?.off('data', onError);
      child.off('exit', onExit);
      settle();
    }
    const onError = (chunk: Buffer): void => void (text += chunk.toString('utf8'));
    child.stdout?.on('data', onData);
    child.stderr?.on('data', onError);
    child.on('exit', onExit);
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGINT');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(patience);
}
