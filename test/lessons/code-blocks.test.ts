// Every program in a lesson was run, and every scenario explored: what the reader is shown works, and what fails does so on
// purpose. That a block which names a file is what stands in it, the audit sees to.
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { notAsSaid } from '../../runner/audit/check-scenarios.ts';
import { loadCourse } from '../../runner/course/course.ts';
import { loadLessonBody } from '../../runner/course/lesson-body.ts';
import { loadLesson, type Lesson } from '../../runner/course/lesson.ts';
import { programsOf, scenariosOf, type ExploredScenario, type Program } from '../../runner/course/lesson-programs.ts';
import { exploreAsyncFile } from '../../runner/explorer/async/explore-async-file.ts';
import { loadScenario } from '../../runner/explorer/scenario.ts';
import { everyPart, readingRoot } from '../course/reading-fixture.ts';
import { temporaryFolder, write } from '../course/course-fixture.ts';
import { explored as exploredHere } from '../explorer/explored.ts';
import { wrongEnd } from './expected-end.ts';
import { exploredRoot } from '../tutor/reader-fixture.ts';
import { copyLesson, hasPython } from './run-programs.ts';

const written = loadCourse().lessons.filter(({ isWritten }) => isWritten);
// With no lesson written yet there is still one that shows that programs are run here.
const lessons = [loadLesson(everyPart, readingRoot), ...written];

describe.for(lessons)('$folderName', (lesson) => {
  const body = loadLessonBody(lesson);
  const programs = programsOf(body);
  const copy = copyLesson(lesson);
  afterAll(() => copy.remove());

  test('the text can be read, so that no program was missed', () => {
    expect(body.problems).toEqual([]);
  });

  for (const program of programs.filter(({ isPart }) => !isPart)) {
    const name = nameOf(program);
    const isSkipped = program.language === 'py' && !hasPython;
    test.skipIf(isSkipped)(`${name}${isSkipped ? ' (skipped: needs python3)' : ''}`, () => {
      expect(wrongEnd(program, copy.run(program))).toBeUndefined();
    });
  }
  const explored = new Set<string>();
  for (const scenario of scenariosOf(body)) {
    const { line, file, memory, fails } = scenario;
    test(`lesson.md:${line} ${file} (${memory}) ${fails ? 'fails in some order' : 'fails in no order'}`, async () => {
      expect(await wrongOrder(lesson, scenario, explored)).toBeUndefined();
    });
  }
  // Those above have run by now.
  for (const part of programs.filter(({ isPart, language }) => isPart && language !== 'py'))
    test(`${nameOf(part)} is loaded by one of the programs`, () => {
      const file = part.file ?? '';
      expect(copy.wasLoaded(file) || explored.has(join(lesson.folder, file))).toBe(true);
    });
});

function nameOf({ file, language, line }: Program): string {
  return `lesson.md:${line} ${file ?? language}`;
}

/**
 * Explores threads without any process of their own: a lesson's scenario comes back.
 * @param loaded the files that it consists of are added to it, absolute
 * @returns what is wrong with what the text says, or undefined
 */
async function wrongOrder({ folder }: Lesson, scenario: ExploredScenario, loaded: Set<string>) {
  const file = join(folder, scenario.file);
  const read = loadScenario(file);
  const ending =
    read.kind !== 'unusable'
      ? await exploredHere(file, { memory: scenario.memory })
      : read.ofTasks
        ? await exploreAsyncFile(file, read.ofTasks)
        : read;
  const files =
    ending.kind === 'explored' ? ending.scenario.files : ending.kind === 'explored-tasks' ? ending.files : [];
  for (const one of files) loaded.add(one);
  return notAsSaid(scenario, file, ending);
}

/** A lesson with one block of code, and what comes of it. */
function endOf(info: string, code: string): string | undefined {
  const { lesson, program } = lessonOf(info, code);
  const copy = copyLesson(lesson);
  try {
    return wrongEnd(program, copy.run(program));
  } finally {
    copy.remove();
  }
}

function lessonOf(info: string, code: string): { lesson: Lesson; program: Program } {
  const root = temporaryFolder();
  const matter = '---\ntitle: A\npromise: B\nminutes: 1\nledger: []\n---\n';
  write(root, {
    'lessons/01-a/lesson.md': `${matter}\n## Page\n\n\`\`\`${info}\n${code}\n\`\`\`\n`,
    'lessons/01-a/part.ts': 'export {};\n',
    'lessons/01-a/old.cts': `const { basename }: typeof import('node:path') = require('node:path');\nif (basename(module.filename) !== 'old.cts') throw new Error('another');\n`,
  });
  const lesson = loadLesson('01-a', root);
  const [program] = programsOf(loadLessonBody(lesson));
  if (!program) throw new Error('no program was found');
  return { lesson, program };
}

test('a block that throws is found, unless it is marked', () => {
  expect(endOf('ts', "throw new Error('not meant');")).toMatch(/^it ended with exit code 1:\n[^]*not meant/);
  expect(endOf('ts fails', "throw new Error('meant');")).toBeUndefined();
  expect(endOf('ts fails', 'export {};')).toBe('it is marked as one that fails, and ended well');
  expect(endOf('js', 'await new Promise(() => {});')).toMatch(/^it ended with exit code 13/);
});

test('a block can import the files of its lesson and the kit, and is TypeScript or plain JavaScript', () => {
  expect(
    endOf(
      'ts',
      "import './part.ts';\nimport { subject } from 'interleave/kit';\nconst f: Function = subject;\nvoid f;",
    ),
  ).toBeUndefined();
  expect(endOf('js', 'const f: Function = 1;')).toMatch(/SyntaxError/);
});

test('a file says by its name how it is loaded', () => {
  expect(endOf('ts old.cts run trace', '')).toBeUndefined();
  expect(endOf('ts', "require('node:path');")).toMatch(/require is not defined/);
});

test('a scenario of which another thing is said than what comes of it is found', async () => {
  const lesson = loadLesson('14-orders', exploredRoot);
  const loaded = new Set<string>();
  const wrong = (name: string, fails: boolean, memory: 'sc' | 'tso' = 'sc') =>
    wrongOrder(lesson, { file: `snippets/${name}.ts`, line: 1, memory, fails }, loaded);
  expect(await wrong('lost', true)).toBeUndefined();
  expect(await wrong('lost', false)).toMatch(
    /^lost\.ts fails in some order \(assertion: .+\); if it is meant to, write "fails"/,
  );
  expect(await wrong('tasks', true)).toBeUndefined();
  expect(await wrong('added', false)).toBeUndefined();
  expect(await wrong('added', true)).toBe('added.ts is marked as one that fails, and fails in no order');
  expect(await wrong('added', true, 'tso')).toBe('added.ts is marked as one that fails, and fails in no order');
  expect(await wrong('part.module', false)).toMatch(/^part\.module\.ts cannot be explored: part\.module\.ts: /);
  expect([...loaded].map((file) => basename(file)).toSorted()).toEqual([
    'added.ts',
    'lost.ts',
    'part.module.ts',
    'tasks.ts',
  ]);
});

test('a program that kills itself is found', () => {
  expect(endOf('ts fails', "process.kill(process.pid, 'SIGKILL');")).toBe('it was ended by SIGKILL');
});

test('a file that no program loads is noticed', () => {
  const { lesson, program } = lessonOf('ts', "import './part.ts';");
  const copy = copyLesson(lesson);
  try {
    expect(copy.wasLoaded('part.ts')).toBe(false);
    copy.run(program);
    expect(copy.wasLoaded('part.ts')).toBe(true);
    expect(copy.wasLoaded(join('snippets', 'part.ts'))).toBe(false);
  } finally {
    copy.remove();
  }
});
