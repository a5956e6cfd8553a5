// Ctrl-Z, and a stop from outside: the shell gets the terminal as it was, and after `fg` the tutor is there again. What
// stands between the two, as npm does, stops and goes on with it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import { processesOf } from '../harness/processes.ts';
import { keys, Person } from '../harness/pty.ts';
import { goToFirstLab } from '../harness/tutor.ts';

const hasJobs = spawnSync('bash', ['-c', 'true']).status === 0 && process.platform === 'linux';

function startBelowAShell(course: RunnableCourse): Person {
  const script = join(course.root, 'as-npm-does.sh');
  writeFileSync(script, `"${process.execPath}" "${course.launcher}"\necho "ended with $?"\n`);
  const person = new Person('bash', ['--norc', '--noprofile', '-i'], {
    cwd: course.root,
    env: { ...course.env, PS1: '$ ' },
  });
  person.press('sh as-npm-does.sh\r');
  return person;
}

const stops: Record<string, (person: Person, course: RunnableCourse) => void> = {
  'Ctrl-Z': (person) => person.press('\x1a'),
  SIGSTOP: (_, course) => {
    for (const line of processesOf(course.tmp).filter((line) => /launch\.mjs|as-npm-does/.test(line)))
      process.kill(Number.parseInt(line, 10), 'SIGSTOP');
  },
};

for (const [name, stop] of Object.entries(stops)) {
  test.skipIf(!hasJobs)(`${name} at the map and at a lab: a sane terminal, and a tutor that comes back`, async () => {
    const course = makeRunnableCourse();
    const person = startBelowAShell(course);
    await person.sees('> 11  Numbers');
    stop(person, course);
    await person.saw(/Stopped/);
    person.press('stty -a | tr " " "\\n" | grep icanon\r');
    await person.saw(/^icanon/m);
    expect(person.raw.lastIndexOf('\x1b[?2004l')).toBeGreaterThan(person.raw.indexOf('\x1b[?2004h'));
    person.press('fg\r');
    const stopped = person.raw.indexOf('Stopped');
    await person.saw(() => person.raw.indexOf('\x1b[?2004h', stopped) > 0);
    person.press('12');
    await person.sees('> 12  Words');
    person.press(keys.up);
    await person.sees('> 11  Numbers');

    await goToFirstLab(person);
    stop(person, course);
    await person.saw(() => person.raw.split('Stopped').length === 3);
    person.press('echo between\r');
    await person.saw(/^between/m);
    person.press('fg\r');
    await person.saw(/^between[^]*Lab 11\.1: Twice as much[^]*h hint/m);
    person.press('?');
    await person.sees('Keys\n');
    person.press('q');
    await person.sees('ended with 0');
  });
}
