// The model of the loop against Node itself: what was written to be hard for it, and drills of all levels. Many more are
// compared by test/drill/corpus.ts.
import { expect, test } from 'vitest';
import { type Drill, makeDrill } from '../../runner/drill/drill.ts';
import { levels } from '../../runner/drill/levels.ts';
import type { Format, Program, Statement } from '../../runner/drill/program.ts';
import { runReally, withProgramFile } from '../../runner/drill/real-run.ts';
import { forcedRun } from '../../runner/drill/schedules.ts';
import { sourceOf } from '../../runner/drill/source.ts';
import {
  awaited,
  call,
  chain,
  immediate,
  made,
  micro,
  print,
  program,
  reading,
  rejected,
  resolved,
  returned,
  thenable,
  thrown,
  tick,
  timeout,
} from './trees.ts';

const promised = made({ kind: 'now', value: resolved });
/** A clock: a letter for each turn of the microtask queue. */
const clock = chain(resolved, ...'12345678'.split('').map((turn): ['then', string] => ['then', turn]));

/** Programs that say how many turns of the microtask queue something takes. */
const turns: Readonly<Record<string, (format: Format) => Program>> = {
  'an await of null': (format) => program(format, [chain(call('f')), clock], { f: [awaited({ kind: 'null' }), 'x'] }),
  'an await of a promise': (format) => program(format, [chain(call('f')), clock], { f: [awaited(resolved), 'x'] }),
  'an await of a thenable': (format) =>
    program(format, [chain(call('f')), clock], { f: [awaited(thenable('t')), 'x'] }),
  'an await of a promise that was resolved with a promise': (format) =>
    program(format, [chain(call('f')), clock], { f: [awaited(promised), 'x'] }),
  'an async function that returns a promise': (format) =>
    program(format, [chain(call('f'), ['then', 'x']), clock], { f: [returned(resolved)] }),
  'an async function that awaits one': (format) =>
    program(format, [chain(call('f'), ['then', 'x']), clock], {
      f: [awaited(call('g')), 'f'],
      g: [awaited(resolved), 'g'],
    }),
  'a then that returns a promise': (format) =>
    program(format, [chain(resolved, ['then', 'r', returned(resolved)], ['then', 'x']), clock]),
  'a then that returns a thenable': (format) =>
    program(format, [chain(resolved, ['then', 'r', returned(thenable('t'))], ['then', 'x']), clock]),
  'a finally': (format) => program(format, [chain(resolved, ['finally', 'f'], ['then', 'x']), clock]),
  'a finally that returns a promise': (format) =>
    program(format, [chain(resolved, ['finally', 'f', returned(promised)], ['then', 'x']), clock]),
  'a finally behind a rejection': (format) =>
    program(format, [chain(rejected, ['finally', 'f'], ['catch', 'c'], ['then', 'x']), clock]),
  'a rejection that passes a then': (format) =>
    program(format, [chain(resolved, ['then', 'a', thrown], ['finally', 'f'], ['catch', 'x']), clock]),
  'a catch that has nothing to catch': (format) =>
    program(format, [chain(resolved, ['then', 'a'], ['finally', 'b'], ['then', 'x']), clock]),
  'a caught rejection': (format) =>
    program(format, [chain(call('f')), clock], {
      f: [{ kind: 'try', body: [awaited(rejected)], caught: [print('x')] }],
    }),
  'a promise that a tick resolves': (format) =>
    program(format, [chain(made({ kind: 'nextTick' }), ['then', 'x']), clock, tick('t')]),
};

/** Programs in which the queues and phases meet. */
const queues: Readonly<Record<string, readonly (string | Statement)[]>> = {
  'ticks and microtasks': [tick('a', micro('b'), tick('c')), micro('d', tick('e'), micro('f')), 'g'],
  'ticks in immediates': [immediate('a', tick('b'), micro('c')), immediate('d')],
  'ticks in timers': [timeout(0, 'a', tick('b'), micro('c')), timeout(0, 'd')],
  'phases behind a file': [reading('a', timeout(0, 'b'), immediate('c', tick('d')), micro('e'))],
};

function programs(): [name: string, program: Program][] {
  const formats: Format[] = ['cjs', 'esm'];
  return formats.flatMap((format) => [
    ...Object.entries(turns).map(([name, make]): [string, Program] => [`${name} (${format})`, make(format)]),
    ...Object.entries(queues).map(([name, parts]): [string, Program] => [
      `${name} (${format})`,
      program(format, parts),
    ]),
  ]);
}

async function printedBy(format: Format, text: string): Promise<string> {
  const fileName = format === 'esm' ? 'drill.mjs' : 'drill.cjs';
  const { lines, problem } = await withProgramFile({ fileName, text }, (file) => runReally(file, { env: process.env }));
  return `${lines.join(' ')}${problem}`;
}

/** So many programs run at the same time. */
const abreast = 4;

/** @returns what each program prints */
async function printedByAll(all: readonly { readonly format: Format; readonly text: string }[]): Promise<string[]> {
  const printed: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < all.length; index = next++) {
      const { format, text } = all[index] ?? { format: 'cjs', text: '' };
      printed[index] = await printedBy(format, text);
    }
  };
  await Promise.all(Array.from({ length: abreast }, work));
  return printed;
}

test('what was written to be hard for the model', async () => {
  const all = programs();
  const printed = await printedByAll(all.map(([, tree]) => ({ format: tree.format, text: sourceOf(tree).text })));
  const real = all.map(([name], index) => `${name}: ${printed[index]}`);
  const model = all.map(
    ([name, tree]) =>
      `${name}: ${forcedRun(tree)
        ?.printed.map(({ print }) => print.text)
        .join(' ')}`,
  );
  expect(model).toEqual(real);
  expect(real.filter((line) => line.includes('x')).length).toBeGreaterThan(20);
});

test('sixty drills of all levels', async () => {
  const drills: Drill[] = levels.flatMap((level) =>
    Array.from({ length: 12 }, (_, index) => makeDrill(100_000 + index, level)),
  );
  const printed = await printedByAll(drills.map(({ format, source }) => ({ format, text: source.text })));
  const named = (drill: Drill, lines: string) => `seed ${drill.seed}, level ${drill.level}: ${lines}`;
  expect(drills.map((drill) => named(drill, drill.lines.join(' ')))).toEqual(
    drills.map((drill, index) => named(drill, printed[index] ?? '')),
  );
});

test('NODE_OPTIONS of the learner, which would move the main script into a microtask, change nothing', async () => {
  const { text } = sourceOf(program('cjs', [tick('a'), micro('b')]));
  const env = { ...process.env, NODE_OPTIONS: '--import data:text/javascript,0' };
  const { lines } = await withProgramFile({ fileName: 'drill.cjs', text }, (file) => runReally(file, { env }));
  expect(lines).toEqual(['a', 'b']);
});

test('a program that fails or hangs is told from one that prints', async () => {
  const run = async (text: string, signal?: AbortSignal) =>
    await withProgramFile({ fileName: 'drill.cjs', text }, (file) =>
      runReally(file, { env: process.env, ...(signal ? { signal } : {}) }),
    );
  const failed = await run("console.log('a');\nnull.a;\n");
  expect(failed.lines).toEqual(['a']);
  expect(failed.problem).toMatch(/^It ended with exit code 1\. .*TypeError/s);
  const hanging = await run('setInterval(() => {}, 1_000);\n', AbortSignal.timeout(300));
  expect(hanging.problem).toMatch(/^It could not be run/);
});
