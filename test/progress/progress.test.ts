import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { contentsOf } from '../../runner/progress/contents.ts';
import { type Progress, openProgress, progressFile } from '../../runner/progress/progress.ts';
import { temporaryFolder } from '../course/course-fixture.ts';
import { asOrdinaryUser, hasOrdinaryUser } from '../harness/ordinary-user.ts';

function home(): NodeJS.ProcessEnv {
  return { INTERLEAVE_HOME: temporaryFolder() };
}

function open(env: NodeJS.ProcessEnv): Progress {
  const progress = openProgress(env);
  onTestFinished(() => progress.close());
  return progress;
}

function rowsIn(env: NodeJS.ProcessEnv, table: string): Record<string, unknown>[] {
  const database = new DatabaseSync(progressFile(env), { readOnly: true });
  try {
    return database
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}

const child = (name: string) => join(import.meta.dirname, name);

test('a lab is new, then started, then passed for good', () => {
  const progress = open(home());
  expect(progress.status('14.1')).toBe('new');
  progress.recordVerdict('14.1', 'failed', 12.5);
  expect(progress.status('14.1')).toBe('started');
  progress.recordVerdict('14.1', 'passed', 10);
  progress.recordVerdict('14.1', 'timed-out', 2_000);
  expect(progress.status('14.1')).toBe('passed');
  expect(progress.status('14.2')).toBe('new');
  expect(progress.problem).toBeUndefined();
});

test('a hint or a look at the solution starts a lab; the ladder is not climbed down', () => {
  const progress = open(home());
  expect(progress.hintsTaken('14.1')).toBe(0);
  progress.recordHint('14.1', 2);
  progress.recordHint('14.1', 1);
  expect(progress.hintsTaken('14.1')).toBe(2);
  expect(progress.status('14.1')).toBe('started');
  expect(progress.hasSeenSolution('14.2')).toBe(false);
  progress.recordSolutionSeen('14.2');
  progress.recordSolutionSeen('14.2');
  expect(progress.hasSeenSolution('14.2')).toBe(true);
  expect(progress.status('14.2')).toBe('started');
});

test('what was recorded is there after closing, with its time', () => {
  const env = home();
  const progress = openProgress(env, () => 1_000);
  progress.recordVerdict('14.1', 'passed', 12.5);
  progress.close();
  progress.close();
  expect(rowsIn(env, 'attempts')).toEqual([{ id: 1, lab: '14.1', at: 1_000, verdict: 'passed', ms: 12.5 }]);
  expect(open(env).status('14.1')).toBe('passed');
});

test('a lesson remembers the page that was read last', () => {
  const env = home();
  const progress = open(env);
  expect(progress.position('14')).toBeUndefined();
  progress.recordPosition('14', 'two-awaits');
  progress.recordPosition('15', 'locks');
  progress.recordPosition('14', 'lost-updates');
  progress.close();
  expect(open(env).position('14')).toBe('lost-updates');
});

test('of the answers to a question the latest counts, and all of them are kept', () => {
  const env = home();
  let clock = 0;
  const progress = openProgress(env, () => ++clock);
  onTestFinished(() => progress.close());
  progress.recordAnswer('14', 'order', { choice: 'a', isRight: false, isPrediction: true });
  progress.recordAnswer('14', 'loss', { choice: 'c', isRight: false, isPrediction: false });
  progress.recordAnswer('14', 'order', { choice: 'b', isRight: true, isPrediction: true });
  progress.recordAnswer('15', 'order', { choice: 'd', isRight: true, isPrediction: false });
  expect(Object.fromEntries(progress.answers('14'))).toEqual({
    order: { choice: 'b', isRight: true, isPrediction: true, at: 3 },
    loss: { choice: 'c', isRight: false, isPrediction: false, at: 2 },
  });
  expect(progress.answers('16').size).toBe(0);
  expect(rowsIn(env, 'answers')).toHaveLength(4);
});

test('of the measurements of a demo the latest counts, but no quick one in the place of a full one', () => {
  const env = home();
  let clock = 0;
  const progress = openProgress(env, () => ++clock);
  onTestFinished(() => progress.close());
  expect(progress.measurement('14/lost-updates')).toBeUndefined();
  const report = (pace: string, median: number) => ({ pace, ratios: [{ name: 'speed-up', median }] });
  progress.recordMeasurement('14/lost-updates', report('quick', 1.5));
  expect(progress.measurement('14/lost-updates')).toEqual({ at: 1, report: report('quick', 1.5) });
  progress.recordMeasurement('14/lost-updates', report('full', 1.6));
  progress.recordMeasurement('14/lost-updates', report('full', 1.7));
  progress.recordMeasurement('14/lost-updates', report('quick', 1.8));
  expect(progress.measurement('14/lost-updates')).toEqual({ at: 3, report: report('full', 1.7) });
  expect(progress.measurement('14/other')).toBeUndefined();
  expect(rowsIn(env, 'measurements')).toHaveLength(4);
});

test('what another machine has measured is not to be seen, and not lost', () => {
  const env = home();
  const at = (machine: string): Progress => {
    const progress = openProgress(
      env,
      () => 5,
      () => machine,
    );
    onTestFinished(() => progress.close());
    return progress;
  };
  at('two cores').recordMeasurement('14/lost-updates', { numbers: { ratio: 2 } });
  at('two cores').recordTiming('11.1', { mine: 2 });
  expect(at('eight cores').measurement('14/lost-updates')).toBeUndefined();
  expect(at('eight cores').timing('11.1')).toBeUndefined();
  at('eight cores').recordMeasurement('14/lost-updates', { numbers: { ratio: 8 } });
  expect(at('eight cores').measurement('14/lost-updates')).toEqual({ at: 5, report: { numbers: { ratio: 8 } } });
  expect(at('two cores').measurement('14/lost-updates')).toEqual({ at: 5, report: { numbers: { ratio: 2 } } });
  expect(at('two cores').timing('11.1')).toEqual({ at: 5, report: { mine: 2 } });
});

test('a report of an earlier version, which names no machine, counts; what is no report does not', () => {
  const env = home();
  const progress = open(env);
  const database = new DatabaseSync(progressFile(env));
  onTestFinished(() => database.close());
  const insert = database.prepare('INSERT INTO measurements (demo, at, report) VALUES (?, ?, ?)');
  insert.run('14/lost-updates', 1, '{"pace":"full"}');
  insert.run('14/lost-updates', 2, '{"pace":"fu');
  insert.run('14/orders', 3, 'null');
  expect(progress.measurement('14/lost-updates')).toEqual({ at: 1, report: { pace: 'full' } });
  expect(progress.measurement('14/orders')).toEqual({ at: 3, report: {} });
  expect(progress.problem).toBeUndefined();
});

test('wrong predictions are open until the latest answer is right, the oldest first', () => {
  const env = home();
  let clock = 0;
  const progress = openProgress(env, () => ++clock);
  onTestFinished(() => progress.close());
  const predict = (lesson: string, question: string, choice: string, isRight: boolean, isPrediction = true): void =>
    progress.recordAnswer(lesson, question, { choice, isRight, isPrediction });
  predict('14', 'order', 'a', false);
  predict('14', 'loss', 'c', false);
  predict('14', 'seen', 'a', false, false);
  predict('15', 'order', 'b', false);
  predict('14', 'order', 'd', false);
  predict('14', 'loss', 'b', true);
  expect(progress.wrongPredictions()).toEqual([
    { lesson: '15', question: 'order', choice: 'b', at: 4 },
    { lesson: '14', question: 'order', choice: 'd', at: 5 },
  ]);
});

test('an older answer that is imported later opens nothing', () => {
  const progress = open(home());
  progress.recordAnswer('14', 'order', { choice: 'b', isRight: true, isPrediction: true });
  const row = { lesson: '14', question: 'order', at: 7, choice: 'a', is_right: 0, is_prediction: 1 };
  progress.merge(contentsOf((table) => (table === 'answers' ? [row] : [])));
  expect(progress.wrongPredictions()).toEqual([]);
});

test('of the timings of a lab the latest counts', () => {
  const progress = open(home());
  expect(progress.timing('11.1')).toBeUndefined();
  progress.recordTiming('11.1', { mine: 2 });
  progress.recordTiming('11.1', { mine: 1 });
  expect(progress.timing('11.1')).toEqual({ at: expect.any(Number), report: { mine: 1 } });
});

test('the last place is the page or the lab where the learner was last', () => {
  let clock = 0;
  const progress = openProgress(home(), () => ++clock);
  onTestFinished(() => progress.close());
  expect(progress.lastPlace()).toBeUndefined();
  progress.recordPosition('14', 'two-awaits');
  expect(progress.lastPlace()).toEqual({ kind: 'lesson', lesson: '14', anchor: 'two-awaits' });
  progress.recordVerdict('14.1', 'failed', 1);
  expect(progress.lastPlace()).toEqual({ kind: 'lab', lab: '14.1' });
  progress.recordPosition('14', 'lost-updates');
  expect(progress.lastPlace()).toEqual({ kind: 'lesson', lesson: '14', anchor: 'lost-updates' });
  expect(progress.lastLab()).toBe('14.1');
});

test('a file of the first Interleave goes on with all that is in it', () => {
  const env = home();
  mkdirSync(dirname(progressFile(env)), { recursive: true });
  const database = new DatabaseSync(progressFile(env));
  database.exec(
    `CREATE TABLE attempts (
       id INTEGER PRIMARY KEY, lab TEXT NOT NULL, at INTEGER NOT NULL, verdict TEXT NOT NULL, ms REAL NOT NULL
     ) STRICT;
     CREATE INDEX attempts_by_lab ON attempts (lab, verdict);
     CREATE TABLE hints (lab TEXT PRIMARY KEY, rung INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
     CREATE TABLE solutions_seen (lab TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
     INSERT INTO attempts (lab, at, verdict, ms) VALUES ('14.1', 1, 'passed', 12.5);
     PRAGMA user_version = 1;`,
  );
  database.close();
  const progress = open(env);
  expect(progress.status('14.1')).toBe('passed');
  progress.recordPosition('14', 'two-awaits');
  expect(progress.position('14')).toBe('two-awaits');
  expect(progress.problem).toBeUndefined();
});

test('a file of the second version, without drills, is brought up to date', () => {
  const env = home();
  openProgress(env).close();
  const database = new DatabaseSync(progressFile(env));
  database.exec("DROP TABLE drills; INSERT INTO positions VALUES ('14', 'locks', 1); PRAGMA user_version = 2;");
  database.close();
  const progress = open(env);
  expect(progress.drillAnswers('order')).toEqual([]);
  progress.recordDrill('order', { seed: 7, level: 2, isRight: true, isFixed: false });
  expect(progress.drillAnswers('order')).toEqual([{ seed: 7, level: 2, isRight: true, isFixed: false }]);
  expect([progress.position('14'), progress.problem]).toEqual(['locks', undefined]);
});

test('answers to drills are kept in their order, each kind by itself', () => {
  const env = home();
  const times = [2, 1, 3];
  const progress = openProgress(env, () => times.shift() ?? 4);
  const answer = (seed: number, isRight: boolean) => ({ seed, level: 5, isRight, isFixed: seed === 9 });
  progress.recordDrill('order', answer(8, true));
  progress.recordDrill('order', answer(7, false));
  progress.recordDrill('other', answer(1, true));
  progress.recordDrill('order', answer(9, false));
  progress.close();
  expect(open(env).drillAnswers('order')).toEqual([answer(7, false), answer(8, true), answer(9, false)]);
});

test('processes that begin at once make one file and lose nothing', async () => {
  const env = home();
  const children = Array.from({ length: 4 }, (_, index) => {
    const run = spawn(process.execPath, [child('record-main.ts'), `${index}`, '100'], {
      env: { ...process.env, ...env },
    });
    return Promise.all([text(run.stdout), text(run.stderr)]);
  });
  for (const [stdout, stderr] of await Promise.all(children)) expect([stdout.trim(), stderr]).toEqual(['done', '']);
  const ofEach = Map.groupBy(rowsIn(env, 'attempts'), ({ lab }) => lab);
  expect(Object.fromEntries([...ofEach].map(([lab, rows]) => [lab, rows.length]))).toEqual(
    Object.fromEntries(children.map((_, index) => [`14.${index}`, 100])),
  );
});

test('what was acknowledged survives a kill in the middle of a hundred records, twenty times', async () => {
  const env = home();
  let killedEarly = 0;
  for (let round = 1; round <= 20; round++) {
    const run = spawn(process.execPath, [child('record-main.ts'), `${round}`, '101'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = new Promise((resolve) => run.once('close', resolve));
    let said = '';
    const lines = () => said.split('\n').length - 1;
    const enough = 1 + Math.floor(Math.random() * 60);
    run.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (lines() >= enough) run.kill('SIGKILL');
    });
    await closed;
    if (lines() < 101) killedEarly++;
    expect(rowsIn(env, 'attempts').filter(({ lab }) => lab === `14.${round}`).length).toBeGreaterThanOrEqual(
      Math.min(lines(), 101),
    );
  }
  expect(killedEarly).toBeGreaterThan(0);
  const progress = open(env);
  expect(progress.status('14.20')).toBe('started');
  expect(progress.problem).toBeUndefined();
});

/** What the store must do without its file: everything, until the process ends. */
function expectToWorkInMemory(progress: Progress): void {
  progress.recordHint('15.1', 3);
  progress.recordVerdict('15.1', 'passed', 1);
  expect(progress.hintsTaken('15.1')).toBe(3);
  expect(progress.status('15.1')).toBe('passed');
}

/** A home in which one lab is passed, 500 more verdicts are kept, and there is a backup of all of it. */
function wornHome(): NodeJS.ProcessEnv {
  const env = home();
  const progress = openProgress(env);
  const attempt = (at: number) => ({ lab: '14.1', at, verdict: 'failed', ms: 1 });
  const attempts = Array.from({ length: 500 }, (_, index) => attempt(index));
  progress.merge(contentsOf((table) => (table === 'attempts' ? attempts : [])));
  progress.recordVerdict('14.2', 'passed', 1);
  // The next record finds the backup old.
  utimesSync(backup(env), new Date(0), new Date(0));
  progress.recordHint('14.3', 1);
  progress.close();
  return env;
}

function backup(env: NodeJS.ProcessEnv): string {
  return join(dirname(progressFile(env)), 'progress-backup.sqlite');
}

function putAside(env: NodeJS.ProcessEnv): string[] {
  const folder = dirname(progressFile(env));
  return readdirSync(folder)
    .filter((name) => /^progress-damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.sqlite$/.test(name))
    .map((name) => join(folder, name));
}

test.each<[what: string, damage: (whole: Buffer) => Buffer]>([
  ['holds something else', () => Buffer.from('not a database at all'.repeat(100))],
  ['is cut off in the middle', (whole) => whole.subarray(0, whole.length / 2)],
  ['is empty', () => Buffer.alloc(0)],
  ['has a page of garbage', (whole) => Buffer.from(whole).fill(0xa5, 4_096, 2 * 4_096)],
  ['has garbage in all pages but the first', (whole) => Buffer.from(whole).fill(0xff, 4_096)],
])('a file that %s is put aside as it is, and what was backed up is there', (_what, damage) => {
  const env = wornHome();
  const damaged = damage(readFileSync(progressFile(env)));
  writeFileSync(progressFile(env), damaged);
  const progress = open(env);
  // Some damage is met only by whoever reads all of it.
  expect([progress.status('14.2'), progress.status('14.1'), progress.hintsTaken('14.3')]).toEqual([
    'passed',
    'started',
    1,
  ]);
  progress.recordVerdict('15.1', 'passed', 1);
  progress.contents();
  expect(progress.problem).toMatch(/^Your progress file .* What was saved until \d{4}-\d\d-\d\d, \d\d:\d\d is back/);
  expect(progress.isKept).toBe(true);
  progress.close();
  const again = open(env);
  expect([again.status('14.2'), again.status('15.1'), again.problem]).toEqual(['passed', 'passed', undefined]);
  expect(putAside(env).map((file) => readFileSync(file).equals(damaged))).toEqual([true]);
});

test('a file that is gone comes back from its backup', () => {
  const env = wornHome();
  rmSync(progressFile(env));
  const progress = open(env);
  expect(progress.status('14.2')).toBe('passed');
  expect(progress.problem).toMatch(/^Your progress file .*progress\.sqlite was gone\. What was saved until .* is back/);
});

test('of a damaged file without a backup what can be read is kept', () => {
  const env = wornHome();
  rmSync(backup(env));
  const whole = readFileSync(progressFile(env));
  writeFileSync(progressFile(env), Buffer.from(whole).fill(0xa5, whole.length - 4_096));
  const progress = openProgress(env);
  progress.recordVerdict('14.9', 'failed', 1);
  progress.contents();
  progress.close();
  const again = open(env);
  expect(again.status('14.1')).toBe('started');
  expect(again.problem).toBeUndefined();
});

test('a backup that is damaged as well is not put in the place of anything', () => {
  const env = wornHome();
  for (const file of [progressFile(env), backup(env)]) writeFileSync(file, 'garbage '.repeat(1_000));
  const progress = open(env);
  expect(progress.problem).toMatch(/damaged.*There was no backup of it/);
  progress.recordVerdict('15.1', 'passed', 1);
  progress.close();
  expect(open(env).status('15.1')).toBe('passed');
});

test('a damaged file that somebody else has open is left alone, and restored when they are gone', async () => {
  const env = wornHome();
  const other = spawn(process.execPath, [child('record-main.ts'), '7', 'wait'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => other.once('close', resolve));
  onTestFinished(() => void other.kill());
  await new Promise((resolve) => other.stdout.once('data', resolve));
  writeFileSync(progressFile(env), 'garbage '.repeat(1_000));
  const progress = open(env);
  expect(progress.problem).toMatch(/^Your progress is not saved: another program keeps .* in use/);
  expectToWorkInMemory(progress);
  expect(putAside(env)).toEqual([]);
  other.kill('SIGKILL');
  await closed;
  progress.close();
  const again = open(env);
  expect([again.status('14.2'), again.status('15.1')]).toEqual(['passed', 'passed']);
});

test('a file of a newer Interleave is not touched', () => {
  const env = home();
  openProgress(env).close();
  const database = new DatabaseSync(progressFile(env));
  database.exec('PRAGMA user_version = 99');
  database.close();
  const progress = open(env);
  expect(progress.problem).toContain('was written by a newer Interleave');
  expectToWorkInMemory(progress);
  expect(rowsIn(env, 'attempts')).toEqual([]);
});

test('a file in the place of the folder is named', () => {
  const env = home();
  writeFileSync(join(env.INTERLEAVE_HOME ?? '', '.interleave'), '');
  const progress = open(env);
  expect(progress.problem).toContain('is not usable');
  expectToWorkInMemory(progress);
});

/** What the store says to somebody who may read a folder, and all below it, and write nowhere there. */
function readOnlyLook(folder: string, env: NodeJS.ProcessEnv): unknown {
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  for (const path of [...inside, folder]) {
    if (asOrdinaryUser.uid !== undefined) chownSync(path, asOrdinaryUser.uid, asOrdinaryUser.gid);
    chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444);
  }
  const { stdout, stderr } = spawnSync(process.execPath, [child('one-lab-main.ts')], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    ...asOrdinaryUser,
  });
  const after = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  for (const path of after) if (statSync(path).isDirectory()) chmodSync(path, 0o755);
  chmodSync(folder, 0o755);
  expect(after).toEqual(inside);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('a folder that may not be written is named, and the course goes on', (context) => {
  if (!hasOrdinaryUser) context.skip('needs a user who may not do everything');
  const env = home();
  expect(readOnlyLook(env.INTERLEAVE_HOME ?? '', env)).toEqual([
    {
      status: 'passed',
      before: 'new',
      problem: expect.stringMatching(/you may not write in .*Next: make that folder yours/),
    },
  ]);
});

test.for(['ended', 'was killed'])(
  'a file that may only be read, whose last user %s, shows everything',
  async (how, context) => {
    if (!hasOrdinaryUser) context.skip('needs a user who may not do everything');
    const env = how === 'ended' ? wornHome() : home();
    if (how === 'was killed') {
      const other = spawn(process.execPath, [child('record-main.ts'), '2', 'wait'], {
        env: { ...process.env, ...env },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const closed = new Promise((resolve) => other.once('close', resolve));
      await new Promise((resolve) => other.stdout.once('data', resolve));
      other.kill('SIGKILL');
      await closed;
    }
    expect(readOnlyLook(env.INTERLEAVE_HOME ?? '', env)).toEqual([
      { status: 'passed', before: 'passed', problem: expect.stringContaining('you may not write in') },
    ]);
  },
);

test('a disk that fills up: the course goes on, nothing that was saved is lost, and the rest is saved when there is room', (context) => {
  if (process.platform !== 'linux' || spawnSync('unshare', ['-rm', 'true']).status !== 0)
    context.skip('needs Linux with user namespaces');
  const mount = temporaryFolder();
  const script = 'mount -t tmpfs -o size=512k tmpfs "$1" && INTERLEAVE_HOME="$1" exec "$2" "$3"';
  const { stdout, stderr } = spawnSync(
    'unshare',
    ['-rm', 'sh', '-c', script, 'sh', mount, process.execPath, child('full-disk-main.ts')],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const { recorded, kept, inMemory, problem, afterwards } = JSON.parse(stdout);
  expect(recorded).toBeGreaterThan(10);
  // All that was recorded counts until the process ends, and all that was acknowledged is in the file.
  expect(inMemory).toEqual(['passed', 'passed']);
  expect(kept).toBe(recorded);
  expect(problem).toMatch(/^Your progress is not saved, from the verdict on 14\.2 on: the disk is full\./);
  expect(afterwards).toEqual({ status: ['passed', 'passed'], problem: null });
});
