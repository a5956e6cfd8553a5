import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openProgress, progressFile } from '../../runner/progress/progress.ts';
import { write } from '../course/course-fixture.ts';
import { interleave, learnerEnv, useProject } from './project-fixture.ts';

const project = useProject();

/** 14.1 passed, 14.2 begun by an edit that nobody has judged. */
function experienced(changes: NodeJS.ProcessEnv = {}) {
  const env = learnerEnv(changes);
  const progress = openProgress(env);
  progress.recordVerdict('14.1', 'passed', 10);
  progress.close();
  write(env.INTERLEAVE_HOME, { 'workspace/14-race-conditions/2-deposit/lab.ts': 'mine' });
  return env;
}

test('list --json prints one document in the shape that scripts rely on', () => {
  const { status, stdout, stderr } = interleave(project.root, ['list', '--json'], experienced());
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    lessons: [
      {
        id: '04',
        name: 'event-loop',
        title: 'The loop',
        labs: [{ id: '04.1', name: 'order', title: 'Order', path: '04-event-loop/1-order', status: 'new' }],
        demos: ['04/late-timer'],
        ledger: ['C24', 'C25'],
      },
      {
        id: '14',
        name: 'race-conditions',
        title: 'Races',
        labs: [
          {
            id: '14.1',
            name: 'lost-updates',
            title: 'Lost updates',
            path: '14-race-conditions/1-lost-updates',
            status: 'passed',
          },
          {
            id: '14.2',
            name: 'deposit',
            title: 'Deposit',
            path: '14-race-conditions/2-deposit',
            status: 'started',
          },
        ],
        demos: ['14/lost-updates'],
        ledger: ['C14', 'F13'],
      },
      { id: '15', name: 'locks', title: 'Locks', labs: [], demos: [], ledger: ['C53'] },
    ],
  });
});

test('list draws the map', () => {
  const { status, stdout } = interleave(project.root, ['list'], experienced({ COLUMNS: '60' }));
  expect(status).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "Interleave                                1 of 3 labs passed

    04  The loop                                          40 min
        [ ] 04.1  Order
    14  Races                                             40 min
        [x] 14.1  Lost updates
        [~] 14.2  Deposit
    15  Locks                                    not written yet

    [x] passed   [~] started   [ ] new
    "
  `);
});

test('without a terminal the course prints the map and how to go on', () => {
  const env = experienced();
  const { status, stdout } = interleave(project.root, [], env);
  expect(status).toBe(0);
  expect(stdout.startsWith(interleave(project.root, ['list'], env).stdout)).toBe(true);
  expect(stdout.slice(stdout.indexOf('To go on'))).toMatchInlineSnapshot(`
    "To go on:

      npm start                  at a terminal: the tutor
      npx interleave test 14.2   judges your copy of "Deposit"
      npx interleave help        every command
    "
  `);
});

test('the way on fits the terminal, too', () => {
  const { stdout } = interleave(project.root, [], experienced({ COLUMNS: '48' }));
  expect(stdout).toContain('judges your copy of\n');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(48);
});

test('a pipe has no colours, unless they are asked for', () => {
  expect(interleave(project.root, ['list'], experienced({ TERM: 'xterm' })).stdout).not.toContain('\x1b');
  expect(interleave(project.root, ['list'], experienced({ FORCE_COLOR: '1' })).stdout).toContain('\x1b[32m');
});

test('a damaged progress file is told of on stderr, and the map is drawn', () => {
  const env = learnerEnv();
  mkdirSync(dirname(progressFile(env)));
  writeFileSync(progressFile(env), 'damaged '.repeat(1_000));
  const { status, stdout, stderr } = interleave(project.root, ['list', '--json'], env);
  expect(status).toBe(0);
  expect(JSON.parse(stdout).lessons).toHaveLength(3);
  expect(stderr.match(/Your progress file was damaged; it is .*progress-damaged-.*\.sqlite now/g)).toHaveLength(1);
});

test('the real course has 24 lessons on its map', () => {
  const root = join(import.meta.dirname, '../..');
  const { status, stdout, stderr } = interleave(root, ['list', '--json'], learnerEnv());
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout).lessons.map(({ id }: { id: string }) => id)).toEqual(
    Array.from({ length: 24 }, (_, index) => String(index + 1).padStart(2, '0')),
  );
});
