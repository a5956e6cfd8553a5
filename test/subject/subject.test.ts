// Subjects without a suite: how they start and end, what is left of them, and of a judge that was killed.
import { fork, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultLimits, type Limits } from '../../runner/course/lab.ts';
import { EndedError, type Ending } from '../../runner/subject/endings.ts';
import { clearOrphans } from '../../runner/subject/orphans.ts';
import { isAlive } from '../../runner/subject/proc.ts';
import { Spares } from '../../runner/subject/spares.ts';
import { makeStage, stageOwner } from '../../runner/subject/stage.ts';
import { Subject } from '../../runner/subject/subject.ts';
import { findBrokenSyntax } from '../../runner/subject/syntax-check.ts';
import type { Files } from '../../runner/subject/submission.ts';
import { processesLeft, processesOf } from '../harness/processes.ts';

let tmp = '';
const before = process.env.TMPDIR;
beforeEach(() => {
  tmp = realpathSync(mkdtempSync(join(tmpdir(), 'subjects-')));
  process.env.TMPDIR = tmp;
});
afterEach(async () => {
  expect(await processesLeft(tmp)).toEqual([]);
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(tmp, { recursive: true, force: true });
});

const generous: Limits = { ...defaultLimits, loadMs: 60_000, testMs: 60_000 };
const text = (files: Record<string, string>): Files =>
  new Map(Object.entries(files).map(([name, source]) => [name, Buffer.from(source)]));

function load(subject: Subject, files: Record<string, string>, support: Record<string, string> = {}): Promise<void> {
  const driver = 'driver.ts' in support ? 'driver.ts' : null;
  return subject.load({ files: text(files), support: text(support), lab: 'lab.ts', driver, limits: generous });
}

async function endingOf(work: Promise<unknown>): Promise<Ending> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof EndedError) return error.ending;
  throw new Error('it did not end', { cause: error });
}

describe('a subject', () => {
  test('answers, and is gone after it was killed, with its stage', async () => {
    const subject = Subject.boot();
    await load(subject, { 'lab.ts': 'export const double = (x: number) => 2 * x;\nexport const word = "read";\n' });
    expect(await subject.call('lab', 'double', [21])).toBe(42);
    expect(await subject.read('lab', 'word')).toBe('read');
    await subject.kill();
    expect(isAlive(subject.pid)).toBe(false);
    expect(readdirSync(tmp)).toEqual([]);
    expect(await endingOf(subject.call('lab', 'double', [1]))).toEqual({ kind: 'cancelled' });
  });

  test('ends once, as it ended first', async () => {
    const subject = Subject.boot();
    await Promise.all([subject.kill({ kind: 'wire', reason: 'first' }), subject.kill()]);
    expect(await subject.ended).toEqual({ kind: 'wire', reason: 'first' });
    expect(subject.isAlive).toBe(false);
    expect(await endingOf(load(subject, { 'lab.ts': '' }))).toEqual({ kind: 'wire', reason: 'first' });
  });

  test("runs the author's files, whatever the learner's are called", async () => {
    const mine = 'throw new Error("the learner\'s");';
    for (const clash of [
      { 'driver.ts': mine },
      { 'driver.ts/index.ts': mine },
      { data: mine },
      { 'data/rows.json': '[2]' },
    ]) {
      const subject = Subject.boot();
      await load(
        subject,
        { 'lab.ts': 'export const one = 1;', ...(clash as Record<string, string>) },
        {
          'driver.ts':
            "import rows from './data/rows.json' with { type: 'json' };\nimport { one } from './lab.ts';\nexport const drive = () => [one, rows];\n",
          'data/rows.json': '[1]',
        },
      );
      expect(await subject.call('driver', 'drive', [])).toEqual([1, [1]]);
      await subject.kill();
    }
  });

  test('that cannot be put anywhere says so, and is no bug', async () => {
    process.env.TMPDIR = join(tmp, 'nowhere');
    expect(() => Subject.boot()).toThrow(EndedError);
    const spares = new Spares();
    spares.prepare();
    expect(() => spares.take()).toThrow(EndedError);
    await spares.close();
    expect(await endingOf(Promise.resolve().then(() => spares.take()))).toMatchObject({
      kind: 'no-start',
      reason: expect.stringContaining('ENOENT') as string,
    });
    process.env.TMPDIR = tmp;
  });

  test('whose files cannot be written says so', async () => {
    const subject = Subject.boot();
    const ending = await endingOf(load(subject, { 'lab.ts': '', [`${'x'.repeat(300)}.ts`]: '' }));
    expect(ending).toMatchObject({ kind: 'no-start', reason: expect.stringContaining('ENAMETOOLONG') as string });
    await subject.kill();
  });

  test('that is late counts as gone from that moment on, even while it is asked where it stands', async () => {
    const subject = Subject.boot();
    // The answer comes when the question where it stands comes.
    await load(subject, {
      'lab.ts': "export const late = () => new Promise((resolve) => process.on('SIGUSR1', () => resolve('late')));",
    });
    const answer = subject.call('lab', 'late', []);
    subject.limit(1);
    expect(await endingOf(answer)).toMatchObject({ kind: 'time', limitMs: 1 });
    expect(subject.isAlive).toBe(false);
    await subject.kill();
  });
});

describe('spares', () => {
  test('stand ready, one at a time, and a dead one is replaced', async () => {
    const spares = new Spares();
    spares.prepare();
    spares.prepare();
    const first = spares.take();
    const second = spares.take();
    expect(second.pid).not.toBe(first.pid);
    spares.prepare();
    expect(processesOf(tmp)).toHaveLength(3);
    for (const line of processesOf(tmp)) {
      const pid = Number.parseInt(line, 10);
      if (pid !== first.pid && pid !== second.pid) process.kill(pid, 'SIGKILL');
    }
    while (processesOf(tmp).length > 2) await new Promise((resolve) => setTimeout(resolve, 5));
    // Its death is known a moment later, and only then another one is started.
    while (processesOf(tmp).length < 3) {
      spares.prepare();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const third = spares.take();
    expect(third.isAlive).toBe(true);
    await load(third, { 'lab.ts': 'export const fine = () => 1;' });
    expect(await third.call('lab', 'fine', [])).toBe(1);
    await Promise.all([first.kill(), second.kill(), third.kill()]);
    spares.prepare();
    await spares.close();
    spares.prepare();
    expect(readdirSync(tmp)).toEqual([]);
  });
});

describe('a judge that was killed', () => {
  test('leaves what the next one clears away, and nothing else is touched', async () => {
    const judge = fork(fileURLToPath(new URL('./endless-main.ts', import.meta.url)), { silent: true });
    await new Promise((resolve) => judge.stdout?.once('data', resolve));
    const mine = Subject.boot();
    judge.kill('SIGKILL');
    await new Promise((resolve) => judge.on('exit', resolve));

    const orphans = (): string[] =>
      processesOf(tmp)
        .filter((line) => !line.startsWith(`${mine.pid} `))
        .map((line) => line.replace(/^\d+ .*[ /]/, ''))
        .sort((a, b) => (a < b ? -1 : 1));
    // Between fork and exec a child goes by the name of its parent.
    await expect.poll(orphans, { timeout: 20_000 }).toEqual(['1000', 'subject-main.ts']);
    expect(readdirSync(tmp)).toHaveLength(2);
    mkdirSync(join(tmp, 'interleave-notes'));

    clearOrphans();
    expect(readdirSync(tmp).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      expect.stringContaining(`interleave-${process.pid}-`),
      'interleave-notes',
    ]);
    expect(mine.isAlive).toBe(true);
    await mine.kill();
  });

  test('where there is no place to look, nothing is cleared, and that is no error', () => {
    process.env.TMPDIR = join(tmp, 'nowhere');
    clearOrphans();
    process.env.TMPDIR = tmp;
  });
});

describe('a stage', () => {
  test('has a name that says whose it is', () => {
    const stage = makeStage();
    const name = stage.folder.slice(tmp.length + 1);
    expect(stageOwner(name)).toBe(process.pid);
    for (const other of ['interleave-notes', `${name}x`, `x${name}`, 'interleave--1-abcdef'])
      expect(stageOwner(other)).toBe(undefined);
    stage.remove();
    stage.remove();
    expect(readdirSync(tmp)).toEqual([]);
  });

  test('is removed, also where Node cannot follow', () => {
    const stage = makeStage();
    const here = process.cwd();
    try {
      process.chdir(stage.folder);
      for (let depth = 0; depth < 500; depth += 1) {
        mkdirSync('d');
        process.chdir('d');
      }
      writeFileSync('file', '');
    } finally {
      process.chdir(here);
    }
    // Node holds a file open for each level.
    const program = `import { rmSync } from 'node:fs';
      import { removeStage } from ${JSON.stringify(new URL('../../runner/subject/stage.ts', import.meta.url).href)};
      const [folder] = process.argv.slice(1);
      try { rmSync(folder, { recursive: true, force: true }); } catch { console.log('Node cannot'); }
      removeStage(folder);`;
    const args = [process.execPath, '--input-type=module', '--eval', program, stage.folder];
    const limited = spawnSync('sh', ['-c', 'ulimit -n 256 && exec "$0" "$@"', ...args], { encoding: 'utf8' });
    expect(limited.stdout).toBe('Node cannot\n');
    expect(existsSync(stage.folder)).toBe(false);
  });
});

describe('the check of syntax', () => {
  test('finds the first file that is no TypeScript, and runs none', async () => {
    const runs = `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(join(tmp, 'ran'))}, '');\n`;
    const files = { 'a.ts': runs, 'b/c.ts': 'const a: number = 1;\nconst a = 2;\n', 'notes.md': '{{{' };
    expect(await findBrokenSyntax(text(files))).toMatchObject({
      at: { file: 'b/c.ts', line: 2 },
      excerpt: expect.stringContaining('const a = 2;') as string,
    });
    expect(await findBrokenSyntax(text({ 'a.ts': runs }))).toBe(undefined);
    expect(readdirSync(tmp)).toEqual([]);
  });

  test('survives what kills a parser', async () => {
    expect(await findBrokenSyntax(text({ 'a.ts': '('.repeat(30_000) }))).toBe(undefined);
  });
});
