// Tokens of orders, and what `explore` makes of a scenario of tasks: its document, its exit code, the same order again.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { readTaskToken, writeTaskToken } from '../../runner/explorer/async/task-token.ts';
import { taskFailureHeadline } from '../../runner/explorer/async/task-words.ts';
import { asyncCorpus } from './async-explored.ts';

const launcher = join(courseRoot, 'runner/launch.mjs');

function explore(...args: readonly string[]): { code: number | null; out: string; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, 'explore', ...args], {
    encoding: 'utf8',
    cwd: asyncCorpus,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, out: stdout, said: stderr };
}

test('a token is read as it was written', () => {
  const tokens = [
    { digest: '0123abcd', order: [0, 0, 2, 1, 1, 1] },
    { digest: '0123abcd', order: [] },
    { digest: '0123abcd', order: [0, 3, 1, 0, 1, 0], repeatsFrom: 2 },
  ];
  for (const token of tokens) expect(readTaskToken(writeTaskToken(token))).toEqual(token);
  for (const text of [
    '',
    'sc-0123abcd-0*2',
    'tasks-0123abcd-',
    'tasks-0123abcd-a',
    'tasks-0123abcd-0*99999',
    `tasks-0123abcd-${Array.from({ length: 99 }, () => '0*9999').join('.')}`,
    'tasks-12-0',
  ])
    expect(readTaskToken(text)).toBeUndefined();
});

test('a failing order: the document, and the same again by its token', () => {
  const found = explore('seat.ts', '--json');
  expect(found.code).toBe(1);
  const { ok, verdict, failure } = JSON.parse(found.out) as {
    ok: boolean;
    verdict: string;
    failure: { kind: string; preemptions: number; replay: string; steps: readonly object[] };
  };
  expect({ ok, verdict, kind: failure.kind, preemptions: failure.preemptions }).toEqual({
    ok: false,
    verdict: 'failed',
    kind: 'assertion',
    preemptions: 1,
  });
  for (const step of failure.steps)
    expect(Object.keys(step)).toEqual(
      expect.arrayContaining(['thread', 'operation', 'location', 'value', 'file', 'line']),
    );
  const again = explore('seat.ts', '--replay', failure.replay, '--json');
  expect(again.code).toBe(1);
  expect((JSON.parse(again.out) as { failure: object }).failure).toEqual(failure);
  const beyond = explore('seat.ts', '--replay', `${failure.replay}.99`);
  expect(beyond.code).toBe(1);
  const nowhere = explore('seat.ts', '--replay', failure.replay.replace(/-[0-9.*]+$/, '-99'));
  expect(nowhere.code).toBe(2);
  expect(nowhere.said).toContain('the token takes a turn that there is not');
  expect(nowhere.said).toContain('Copy the token once more');
  const other = explore('seat-in-one-step.ts', '--replay', failure.replay);
  expect(other.code).toBe(2);
  expect(other.said).toContain('another text');
});

test('a token of threads with a step too many', () => {
  const file = join(asyncCorpus, '../threads/data-view-lost-update.ts');
  const { failure } = JSON.parse(explore(file, '--json').out) as { failure: { replay: string } };
  const beyond = explore(file, '--replay', `${failure.replay}.1`);
  expect(beyond.code).toBe(2);
  expect(beyond.said).toMatch(/the threads cannot follow this schedule\.\nNext: Copy the token once more/);
});

test('a pass says how many orders there were, and what it does not hold for', () => {
  const { code, out } = explore('seat-in-one-step.ts');
  expect(code).toBe(0);
  expect(out).toMatch(/^No order of these 3 tasks and this script fails: \d+ orders, all of\s+them\./);
  expect(out).toContain('not for others');
});

test('a circle is shown once, and comes again by its token', () => {
  const { code, out } = explore('polls-for-nobody.ts');
  expect(code).toBe(1);
  expect(out).toContain('from here on it repeats');
  const token = /--replay (\S+)/.exec(out)?.[1] ?? '';
  expect(token).toContain('~');
  expect(explore('polls-for-nobody.ts', '--replay', token).out).toContain('from here on it repeats');
});

test('what a scenario prints, and what it says in the name of the explorer, harms nobody', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-prints-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'prints.ts');
  writeFileSync(
    file,
    [
      'export const threads = 1;',
      "export function setup() { console.log('\\x1b[2J\\u202e here'); return {}; }",
      'export function thread() {}',
    ].join('\n'),
  );
  expect(explore(file)).toMatchObject({ code: 0, said: '\\x1b[2J\\u202e here\n' });
  for (const message of ['null', "{ kind: 'explored' }"]) {
    writeFileSync(
      file,
      `export const threads = 1;\nexport function setup() { process.send(${message}); return {}; }\nexport function thread() {}\n`,
    );
    expect(explore(file)).toMatchObject({ code: 2, said: expect.stringContaining('it said what makes no sense') });
  }
});

test('of a turn that hangs, all that came in it are named', () => {
  const hung = { kind: 'hung', places: [] } as const;
  const failure = {
    kind: 'livelock',
    said: '',
    preemptions: 1,
    order: [2],
    steps: [],
    repeatsFrom: undefined,
    standings: [hung, { kind: 'ended' }, hung],
    isMinimal: true,
  } as const;
  expect(taskFailureHeadline(failure)).toMatch(/^Livelock: task 0 or task 2 loops without/);
});
