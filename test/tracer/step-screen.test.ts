// `trace FILE --step` in a real terminal.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { keys, Person } from '../harness/pty.ts';
import { leftBy } from '../harness/tutor.ts';

const program = 'test/fixtures/stepper/lessons/13-queues/snippets/order.cjs';

function traceByStep(env: NodeJS.ProcessEnv = {}, columns = 80): Person {
  const { PATH, HOME } = process.env;
  const script = 'trap : INT; "$0" "$1" trace "$2" --step; echo "ended with $?"; stty -a';
  return new Person('sh', ['-c', script, process.execPath, join(courseRoot, 'runner/launch.mjs'), program], {
    cwd: courseRoot,
    env: { PATH, HOME, LANG: 'C.UTF-8', ...env },
    columns,
  });
}

test('one goes through a trace and leaves it', async () => {
  const person = traceByStep();
  expect(await person.sees('step 1 of')).toContain('q leave');
  person.press(' ');
  await person.sees('goes to the timers');
  person.resize(60, 20);
  // The keys take two lines then.
  await person.sees((screen) => /^> 1 {2}setTimeout\(\(\) => console\.log\('timer'\), 5\);/m.test(screen));
  person.press('e');
  const end = await person.sees('The program ended with exit code 0.');
  expect(end).toMatch(/printed so far, the end of it:[^]*\n {2}timer$/m);
  person.press(keys.escape);
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('Ctrl-C leaves it as well, and no colours does not mean no marks', async () => {
  const person = traceByStep({ NO_COLOR: '1' });
  await person.sees('step 1 of');
  await person.sees(/^The main program is called first: `order\.cjs`/m);
  person.press('j');
  expect(await person.sees('the nextTick queue is emptied first')).toMatch(/> nextTick/);
  person.press(keys.ctrlC);
  expect(await leftBy(person)).toMatchObject({ isAsBefore: true });
  expect(person.raw).not.toMatch(new RegExp(String.raw`\x1b\[3\dm`));
});

test('on a terminal that cannot move its cursor keys are typed', async () => {
  const person = traceByStep({ TERM: 'dumb' });
  await person.sees(/step 1 of[^]*>$/);
  person.press('\r');
  await person.sees(/goes to the timers[^]*step 2 of[^]*>$/);
  person.press('q\r');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
  expect(person.raw).not.toContain('\x1b[');
});
