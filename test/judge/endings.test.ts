// Every way in which a learner's program can end early: what the verdict is, what the learner reads, that it costs one
// test alone, and that nothing is left of it.
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verdict } from '../../runner/judge/verdict.ts';
import { shown, startJudging, type Judging, type Sources } from './judging.ts';

let judging: Judging;
beforeAll(() => {
  judging = startJudging();
});
afterAll(async () => {
  expect(await judging.close()).toEqual([]);
});

const ping = '\nexport const ping = (x: number): number => x + 1;\n';
/** A module with a line of its own first, so that the program begins in line 2. */
const program = (...lines: string[]): Sources => ({ 'lab.ts': `// line 1\n${lines.join('\n')}${ping}` });
/** Its run starts a thread of worker.ts, and settles when that ends or says something. */
const withWorker = (...lines: string[]): Sources => ({
  ...program(
    "import { Worker } from 'node:worker_threads';",
    'export const run = () => new Promise((resolve, reject) => {',
    "  const worker = new Worker(new URL('./worker.ts', import.meta.url));",
    "  worker.on('exit', resolve).on('message', resolve).on('error', reject);",
    '});',
  ),
  'worker.ts': `// line 1\n${lines.join('\n')}\n`,
});

interface Expected {
  readonly verdict: Verdict['verdict'];
  readonly ending?: string;
  /** what the three tests came to: passed, failed, skipped */
  readonly tests?: string;
  /** what the message holds */
  readonly says?: readonly (string | RegExp)[];
  /** the lab with limits that a thread on a loaded machine does not reach by accident */
  readonly isPatient?: boolean;
}

function ending(
  name: string,
  sources: Sources,
  { verdict, ending, tests = 'pfp', says = [], isPatient }: Expected,
): void {
  test(`${name}`, async () => {
    const got = await judging.judge(isPatient ? '4-patient-endings' : '2-endings', sources);
    const message = got?.message ?? '';
    expect({
      message,
      verdict: got?.verdict,
      ending: got?.ending,
      tests: got?.tests.map(({ status }) => status[0]).join(''),
    }).toEqual({
      message: expect.anything(),
      verdict,
      ending: ending ?? 'completed',
      tests,
    });
    for (const part of says)
      expect(message).toMatch(
        typeof part === 'string' ? new RegExp(part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)) : part,
      );
    for (const text of [message, ...(got?.tests.map((each) => each.message) ?? [])])
      expect(text).not.toContain(judging.tmp);
    expect(await judging.left()).toEqual([]);
  });
}

describe('no answer', () => {
  const late = { verdict: 'timed-out', ending: 'time' } as const;

  ending('an endless loop: its line', program('export function run() {', '  let n = 0;', '  for (;;) n += 1;', '}'), {
    ...late,
    says: ['an answer within 400 ms', 'still running', `${shown}/lab.ts:4 (in run)`],
  });
  ending(
    'an endless loop in a helper file',
    {
      ...program("import { spin } from './lib/spin.ts';", 'export const run = () => spin();'),
      'lib/spin.ts': 'export function spin() {\n  for (;;);\n}\n',
    },
    {
      ...late,
      says: [`${shown}/lib/spin.ts:2 (in spin)`],
    },
  );
  ending(
    'an await in an endless loop',
    program('export async function run() {', '  for (;;) {', '    await null;', '  }', '}'),
    {
      ...late,
      says: ['Microtasks begat microtasks'],
    },
  );
  ending(
    'promises that beget each other',
    program(
      'export function run() {',
      '  const next = () => void Promise.resolve().then(next);',
      '  next();',
      '  return new Promise(() => {});',
      '}',
    ),
    {
      ...late,
      says: ['Microtasks begat microtasks', `${shown}/lab.ts:3`],
    },
  );
  ending(
    'queueMicrotask without end',
    program(
      'export function run() {',
      '  const next = () => queueMicrotask(next);',
      '  next();',
      '  return new Promise(() => {});',
      '}',
    ),
    {
      ...late,
      says: ['Microtasks begat microtasks', `${shown}/lab.ts:3`],
    },
  );
  ending(
    'process.nextTick without end',
    program(
      'export function run() {',
      '  const next = () => process.nextTick(next);',
      '  next();',
      '  return new Promise(() => {});',
      '}',
    ),
    {
      ...late,
      says: ['process.nextTick callbacks queued each other', `${shown}/lab.ts:3`],
    },
  );
  ending(
    'Atomics.wait for ever on the main thread: its line',
    program(
      'const cell = new Int32Array(new SharedArrayBuffer(4));',
      'export function run() {',
      '  Atomics.wait(cell, 0, 0);',
      '}',
    ),
    {
      ...late,
      says: ['slept in Atomics.wait', `${shown}/lab.ts:4 (in run)`, 'nobody woke it'],
    },
  );
  ending(
    'Atomics.wait for ever in a worker: its line',
    withWorker(
      'const cell = new Int32Array(new SharedArrayBuffer(4));',
      'function sleep() {',
      '  Atomics.wait(cell, 0, 0);',
      '}',
      'sleep();',
    ),
    {
      ...late,
      isPatient: true,
      says: [
        'nothing to do but to wait for a worker',
        `A worker slept in Atomics.wait at ${shown}/worker.ts:4 (in sleep)`,
      ],
    },
  );
  ending('an endless loop in a worker: its line', withWorker('let n = 0;', 'for (;;) n += 1;'), {
    ...late,
    isPatient: true,
    says: [`A worker was still running at ${shown}/worker.ts:3`],
  });
  ending('a promise that never settles', program('export const run = () => new Promise(() => {});'), {
    ...late,
    says: ['still pending', 'nothing to do that could still settle it', 'neither resolve nor reject'],
  });
  ending(
    'a promise that never settles, beside a timer',
    program('export const run = () => (setInterval(() => {}, 10), new Promise(() => {}));'),
    {
      ...late,
      says: ['nothing to do but to wait for a timer'],
    },
  );
  ending(
    'a process that has stopped itself',
    program("export const run = () => process.kill(process.pid, 'SIGSTOP');"),
    { ...late, says: ['still busy'] },
  );
  ending('an endless loop at import', program('export function run() {}', 'for (;;);'), {
    ...late,
    tests: 'sss',
    says: ['the file to be imported within 1 s', `${shown}/lab.ts:3`],
  });
  ending(
    'an await at the top level that never settles',
    program('export function run() {}', 'await new Promise(() => {});'),
    {
      ...late,
      tests: 'sss',
      says: ['An await at the top level was still pending'],
    },
  );
});

describe('tests after tests that had no end', () => {
  test('are not run when there were two of them, and say so', async () => {
    const got = await judging.judge('2-endings', {
      'lab.ts': 'export function run() {\n  for (;;);\n}\nexport const ping = () => run();\n',
    });
    expect(got).toMatchObject({
      verdict: 'timed-out',
      ending: 'time',
      message: expect.stringContaining('an answer within 400 ms') as string,
      tests: [
        { status: 'failed' },
        { status: 'failed' },
        { status: 'skipped', message: 'Not run, because 2 tests before ran into a limit.' },
      ],
    });
    expect(await judging.left()).toEqual([]);
    // The next save starts anew.
    const next = await judging.judge('2-endings', program("export const run = () => 'ran';"));
    expect(next).toMatchObject({ verdict: 'passed' });
  });
});

describe('not to be run', () => {
  const broken = { verdict: 'not-runnable', ending: 'syntax-error', tests: 'sss' } as const;

  ending('an exception at import', program('export function run() {}', "throw new TypeError('not today');"), {
    verdict: 'not-runnable',
    ending: 'import-error',
    tests: 'sss',
    says: ['could not be imported: TypeError: not today', `${shown}/lab.ts:3`],
  });
  ending('a SyntaxError of code that ran is an exception', program("JSON.parse('{bad');", 'export function run() {}'), {
    verdict: 'not-runnable',
    ending: 'import-error',
    tests: 'sss',
    says: ['could not be imported: SyntaxError', `${shown}/lab.ts:2`],
  });
  ending('what the type stripper does not take', program('export function run() {', '  const a = ;', '}'), {
    ...broken,
    says: ['not valid TypeScript: Expression expected', 'const a = ;', `${shown}/lab.ts:3`],
  });
  ending('what V8 does not take', program('export function run() {', '  const a = 1;', '  const a = 2;', '}'), {
    ...broken,
    says: ["Identifier 'a' has already been declared", 'const a = 2;', `${shown}/lab.ts:4`],
  });
  ending(
    'the same in a helper file',
    {
      ...program("import { help } from './help.ts';", 'export const run = () => help();'),
      'help.ts': 'export function help() {\n  return (1;\n}\n',
    },
    {
      ...broken,
      says: ['return (1;', `${shown}/help.ts:2`],
    },
  );
  ending(
    'a name that a helper file does not export',
    {
      ...program("import { help } from './help.ts';", 'export const run = () => help();'),
      'help.ts': 'export const helper = 1;\n',
    },
    {
      verdict: 'not-runnable',
      ending: 'import-error',
      tests: 'sss',
      says: ["does not provide an export named 'help'", `${shown}/lab.ts:2`],
    },
  );
  ending('a file that is not there', program("import './nowhere.ts';", 'export function run() {}'), {
    verdict: 'not-runnable',
    ending: 'import-error',
    tests: 'sss',
    says: [`Cannot find module '${shown}/nowhere.ts'`],
  });
  ending('a package that is not there', program("import 'no-such-package';", 'export function run() {}'), {
    verdict: 'not-runnable',
    ending: 'import-error',
    tests: 'sss',
    says: ["Cannot find package 'no-such-package'\n"],
  });
  ending('a file of a worker that V8 does not take', withWorker('const a = 1;', 'const a = 2;'), {
    verdict: 'failed',
    isPatient: true,
    says: ["Identifier 'a' has already been declared", 'const a = 2;', `${shown}/worker.ts:3`],
  });
  ending('a file of a worker that the type stripper does not take', withWorker('const a = ;'), {
    verdict: 'failed',
    isPatient: true,
    says: ['Expression expected', 'const a = ;', `${shown}/worker.ts:2`],
  });
  ending(
    'the same, and nobody listens',
    {
      ...withWorker('const a = 1;', 'const a = 2;'),
      ...program(
        "import { Worker } from 'node:worker_threads';",
        "export const run = () => new Promise(() => new Worker(new URL('./worker.ts', import.meta.url)));",
      ),
    },
    {
      verdict: 'not-runnable',
      ending: 'syntax-error',
      isPatient: true,
      says: ["Identifier 'a' has already been declared", `${shown}/worker.ts:3`],
    },
  );
  const missing = { verdict: 'not-runnable', ending: 'missing-export' } as const;
  ending('an export that is missing: the one that looks like it', program('export function runn() {}'), {
    ...missing,
    says: [
      'an exported function "run"',
      'There is no export with that name. The file exports ping, runn.',
      '"runn": was it',
    ],
  });
  ending('an export that is missing: what there is', program('function run() {}', 'export default run;'), {
    ...missing,
    says: ['The file exports default, ping.', 'the word "export" before run'],
  });
  ending(
    'no export at all',
    { 'lab.ts': 'const ping = 1;\n' },
    { ...missing, tests: 'fff', says: ['The file exports nothing.'] },
  );
  ending('an export that is no function', program('export const run = 3;'), {
    ...missing,
    says: ['The export "run" is a number', 'what "run" is declared as'],
  });
  ending('30,000 nested parentheses', program(`export const run = ${'('.repeat(30_000)}1${')'.repeat(30_000)};`), {
    verdict: 'not-runnable',
    ending: 'import-error',
    tests: 'sss',
    says: ['nested too deeply'],
  });
  ending('a zero byte', program('export function run() {}', '\0'), { ...broken, says: [`${shown}/lab.ts:3`] });
  ending(
    'bytes that are no UTF-8',
    { 'lab.ts': Uint8Array.of(0x65, 0xff, 0xfe, 0x00, 0x80, 0xc0, 0x0a) },
    { ...broken, says: [`${shown}/lab.ts:1`] },
  );
  test.each([
    ['no bytes', ''],
    ['white space', ' \r\n\t\n\ufeff'],
    ['comments', '// one\n/* two\n * // three **/ /**/\n// four'],
  ])('a file of %s is empty', async (_, source) => {
    const got = await judging.judge('2-endings', { 'lab.ts': source, 'other.ts': 'export const a = 1;\n' });
    expect(got).toMatchObject({ verdict: 'not-runnable', ending: 'empty-file' });
    expect(got?.message).toContain(`${shown}/lab.ts is empty`);
    expect(got?.message).toContain('"npx interleave reset 90.2" (or r in the tutor)');
  });
  ending(
    'no file',
    { 'other.ts': '' },
    { verdict: 'not-runnable', ending: 'unusable', tests: 'sss', says: [`${shown}/lab.ts is not there`] },
  );
  ending(
    'a file that is too large',
    { 'lab.ts': `//${'x'.repeat(1024 * 1024)}` },
    { verdict: 'not-runnable', ending: 'unusable', tests: 'sss', says: ['larger than 1024 KiB'] },
  );

  test.each([
    ['the type stripper does not take', 'const a = ;'],
    ['V8 does not take', 'const a = 1;\nconst a = 2;'],
    ['is more than types, with a mistake', 'enum A {}\nconst a = 1;\nconst a = 2;'],
  ])('of what %s, only what the program itself printed is shown', async (_, source) => {
    const got = await judging.judge('2-endings', {
      ...program("console.log('first');", "console.error('second');", "await import('./broken.ts');"),
      'broken.ts': source,
    });
    expect(got).toMatchObject({ ending: 'syntax-error', output: 'first\nsecond\n' });
  });
  test('a folder in place of the file', async () => {
    judging.put({});
    mkdirSync(join(judging.folder, 'lab.ts'));
    expect(await judging.request('2-endings')).toMatchObject({
      verdict: 'not-runnable',
      ending: 'unusable',
      message: expect.stringContaining('is not there') as string,
    });
  });
  test.each([
    ['a file that cannot be read', '/proc/self/mem', /cannot be read \(E\w+\)/],
    ['a file without end', '/dev/zero', /is not a regular file/],
    ['a file that is not there', '/no/such/file.ts', /cannot be read \(ENOENT\)/],
  ])('%s', async (_, file, says) => {
    const got = await judging.request('2-endings', [{ file }]);
    expect(got).toMatchObject({
      verdict: 'not-runnable',
      ending: 'unusable',
      message: expect.stringMatching(says) as string,
    });
  });
  test('a pipe that nobody writes to', async () => {
    judging.put({});
    const pipe = join(judging.folder, 'lab.ts');
    execFileSync('mkfifo', [pipe]);
    expect(await judging.request('2-endings', [{ file: pipe }])).toMatchObject({
      ending: 'unusable',
      message: expect.stringContaining('is not a regular file') as string,
    });
    // Somebody who had opened it would now be there to be written to.
    expect(() => closeSync(openSync(pipe, 'ax'))).toThrow('EEXIST');
  });
});

describe('gone before it answered', () => {
  const exits = { verdict: 'crashed', ending: 'exit' } as const;

  ending('process.exit in a call', program('export function run() {', '  process.exit(0);', '}'), {
    ...exits,
    says: ['ended itself with code 0', `${shown}/lab.ts:3 (in run)`],
  });
  ending('process.exit at import', program('export function run() {}', 'process.exit(0);'), {
    ...exits,
    tests: 'sss',
    says: [`${shown}/lab.ts:3`],
  });
  ending(
    'process.exit in a timer',
    program('export const run = () => new Promise(() => {', '  setTimeout(() => process.exit(3), 5);', '});'),
    { ...exits, says: ['with code 3', `${shown}/lab.ts:3:`.slice(0, -1)] },
  );
  ending('process.abort', program('export function run() {', '  process.abort();', '}'), {
    verdict: 'crashed',
    ending: 'signal',
    says: ['SIGABRT'],
  });
  ending('a crash', program("export const run = () => process.kill(process.pid, 'SIGSEGV');"), {
    verdict: 'crashed',
    ending: 'signal',
    says: ['SIGSEGV'],
  });
  ending(
    'an error in a timer',
    program(
      'export const run = () => new Promise(() => {',
      "  setTimeout(() => { throw new Error('lost'); }, 1);",
      '});',
    ),
    {
      verdict: 'crashed',
      ending: 'uncaught',
      says: ['nobody could catch it: Error: lost', `${shown}/lab.ts:3`],
    },
  );
  ending(
    'a rejection that nobody handles',
    program('export const run = () => new Promise(() => {', "  void Promise.reject(new Error('lost'));", '});'),
    {
      verdict: 'crashed',
      ending: 'uncaught',
      says: ['rejected and nobody handled it: Error: lost', `${shown}/lab.ts:3`],
    },
  );
});

describe('too much', () => {
  ending(
    'a heap that only grows: its line',
    // Not so fast that there is no time to ask where it stands.
    program(
      'export function run() {',
      '  const all: unknown[] = [];',
      '  for (let n = 0; ; n += 1) if (n % 1_000_000 === 0) all.push(new Array(32_768).fill(n));',
      '}',
    ),
    {
      verdict: 'timed-out',
      ending: 'memory',
      isPatient: true,
      says: ['at most 300 MiB', `${shown}/lab.ts:4 (in run)`],
    },
  );
  ending(
    'async calls that wait for each other without end',
    program(
      'async function turn(): Promise<void> {',
      '  await null;',
      '  return turn();',
      '}',
      'export const run = () => turn();',
    ),
    {
      verdict: 'timed-out',
      ending: 'memory',
      isPatient: true,
      says: ['at most 300 MiB'],
    },
  );
  ending(
    '2 GB of filled buffers',
    program(
      'export function run() {',
      '  const all = [];',
      '  for (let n = 0; n < 2_048; n += 1) all.push(Buffer.alloc(1 << 20, 1));',
      '  return all.length;',
      '}',
    ),
    {
      verdict: 'timed-out',
      ending: 'memory',
      isPatient: true,
      says: ['at most 300 MiB', 'what is kept alive'],
    },
  );
  ending('2 GB in one buffer', program('export const run = () => Buffer.alloc(2 ** 31, 1).length;'), {
    verdict: 'timed-out',
    ending: 'memory',
    isPatient: true,
    says: ['at most 300 MiB'],
  });
  ending(
    'a heap that is too small for a worker',
    {
      ...withWorker('const all = [];', 'for (;;) all.push({ n: all.length });'),
      ...program(
        "import { Worker } from 'node:worker_threads';",
        "export const run = () => new Promise((_, reject) => new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 16 } }).on('error', reject));",
      ),
    },
    {
      verdict: 'failed',
      isPatient: true,
      says: ['memory limit'],
    },
  );
  ending(
    'a heap of a worker that only grows: its line',
    withWorker(
      'const all: unknown[] = [];',
      'for (let n = 0; ; n += 1) if (n % 150_000 === 0) all.push(new Array(32_768).fill(n));',
    ),
    {
      verdict: 'timed-out',
      ending: 'memory',
      isPatient: true,
      says: ['at most 300 MiB', `A worker was still running at ${shown}/worker.ts:3`],
    },
  );
  ending(
    'printing in an endless loop of a worker, which keeps all of it: its line',
    withWorker('for (let n = 0; ; n += 1) {', "  console.log('still waiting', n);", '}'),
    {
      verdict: 'timed-out',
      ending: 'worker-output',
      isPatient: true,
      says: ['A worker printed without end', `${shown}/worker.ts:3, where it was printing`],
    },
  );
  const flood = { verdict: 'timed-out', ending: 'output', isPatient: true } as const;
  ending(
    'printing in an endless loop: its line',
    program('export function run() {', "  for (;;) console.log('all work and no play');", '}'),
    { ...flood, says: ['beginning with "all work and no play', `${shown}/lab.ts:3 (in run)`] },
  );
  ending(
    'printing errors in an endless loop',
    program('export function run() {', "  for (;;) console.error('all work and no play');", '}'),
    { ...flood, says: [`${shown}/lab.ts:3 (in run)`] },
  );
  ending(
    'printing at each turn of the event loop',
    program(
      'export const run = () => new Promise(() => {',
      "  setInterval(() => console.log('all work and no play '.repeat(1_000)), 1);",
      '});',
    ),
    { ...flood, says: ['printed without end'] },
  );
  ending(
    'writing to the descriptor in an endless loop',
    program(
      "import { writeSync } from 'node:fs';",
      'export function run() {',
      "  for (;;) writeSync(1, 'x'.repeat(65_536));",
      '}',
    ),
    { ...flood, says: [`${shown}/lab.ts:4 (in run)`] },
  );
});

describe('something left behind', () => {
  const left = (name: string, sources: Sources, says: RegExp): void => {
    test(`${name}`, async () => {
      const got = await judging.judge('4-patient-endings', sources);
      expect(got).toMatchObject({
        verdict: 'passed',
        ending: 'completed',
        leftBehind: [expect.stringMatching(says)] as string[],
        message: expect.stringMatching(says) as string,
      });
      expect(await judging.left()).toEqual([]);
    });
  };
  left(
    'a worker',
    program(
      "import { Worker } from 'node:worker_threads';",
      'export const run = () => new Promise((resolve) => {',
      "  new Worker('setInterval(() => {}, 1000)', { eval: true }).on('online', () => resolve('ran'));",
      '});',
    ),
    /a worker thread/,
  );
  left(
    'a worker with the name of a thread of Node',
    program(
      "import { Worker } from 'node:worker_threads';",
      'export const run = () => new Promise((resolve) => {',
      "  new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'libuv-worker' }).on('online', () => resolve('ran'));",
      '});',
    ),
    /a worker thread/,
  );
  left(
    'a child process',
    program(
      "import { spawn } from 'node:child_process';",
      "export const run = () => spawn('sleep', ['1000']) && 'ran';",
    ),
    /the process "sleep 1000"/,
  );
  left(
    'a detached child process',
    program(
      "import { spawn } from 'node:child_process';",
      "export const run = () => spawn('sleep', ['1000'], { detached: true, stdio: 'inherit' }).unref() ?? 'ran';",
    ),
    /the process "sleep 1000"/,
  );
  left(
    'a detached grandchild',
    program(
      "import { spawnSync } from 'node:child_process';",
      "export const run = () => spawnSync('sh', ['-c', 'setsid sleep 1000 >/dev/null 2>&1 &']) && 'ran';",
    ),
    // setsid becomes sleep; on a busy machine it is seen before.
    /the process "(setsid )?sleep 1000"/,
  );

  ending(
    'a grandchild that holds the output, and the program is gone',
    program(
      "import { spawn } from 'node:child_process';",
      'export function run() {',
      "  spawn('sleep', ['1000'], { detached: true, stdio: 'inherit' }).unref();",
      '  process.exit(0);',
      '}',
    ),
    {
      verdict: 'crashed',
      ending: 'exit',
      isPatient: true,
    },
  );
  ending(
    'processes that start each other faster than they can be counted',
    program(
      "import { spawn } from 'node:child_process';",
      'export function run() {',
      '  spawn(\'sh\', [\'-c\', \'hop() { setsid sh -c "$0" "$0" & }; sleep 0.01; setsid sh -c "$0" "$0" &\', \'sleep 0.01; setsid sh -c "$0" "$0" &\'], { detached: true, stdio: \'ignore\' }).unref();',
      '  process.exit(0);',
      '}',
    ),
    {
      verdict: 'crashed',
      ending: 'exit',
      isPatient: true,
    },
  );

  test('more than anybody wants to read of', async () => {
    const many = program(
      "import { spawn } from 'node:child_process';",
      'export function run() {',
      "  for (let n = 0; n < 60; n += 1) spawn('sleep', ['1000'], { stdio: 'ignore', detached: n % 2 === 0 });",
      "  return 'ran';",
      '}',
    );
    const got = await judging.judge('4-patient-endings', many);
    expect(got).toMatchObject({ verdict: 'passed', leftBehind: { length: 6 } });
    expect(got?.message).toMatch(/, 55 more processes\.$/);
    expect(await judging.left()).toEqual([]);
  });
});

describe('nothing wrong', () => {
  const fine = { verdict: 'passed', tests: 'ppp', isPatient: true } as const;

  ending(
    "a worker of the learner's",
    withWorker(
      "import { parentPort } from 'node:worker_threads';",
      "const word: string = 'ran';",
      'parentPort?.postMessage(word);',
    ),
    fine,
  );
  ending(
    'helper files in folders',
    {
      ...program("import { word } from './lib/deep/word.ts';", 'export const run = () => word;'),
      'lib/deep/word.ts': "export const word = 'ran';\n",
    },
    fine,
  );
  ending(
    'an enum and parameter properties, which are more than types',
    program(
      "enum Word { Ran = 'ran' }",
      'class Holder {',
      '  constructor(readonly word: Word) {}',
      '}',
      'export const run = () => new Holder(Word.Ran).word;',
    ),
    fine,
  );
  ending(
    'the same in a worker',
    withWorker(
      "import { parentPort } from 'node:worker_threads';",
      "enum Word { Ran = 'ran' }",
      'parentPort?.postMessage(Word.Ran);',
    ),
    fine,
  );

  ending(
    'a namespace in a helper file',
    {
      ...program("import { Words } from './words.ts';", 'export const run = () => Words.ran;'),
      'words.ts': "export namespace Words {\n  export const ran = 'ran';\n}\n",
    },
    fine,
  );

  ending(
    'its endless loop is named by the same line',
    program('enum Word { Ran }', 'export function run() {', '  for (;;) if (Word.Ran !== 0) break;', '}'),
    {
      verdict: 'timed-out',
      ending: 'time',
      isPatient: true,
      says: [`${shown}/lab.ts:4 (in run)`],
    },
  );
  ending(
    'its mistake, too',
    program('enum Word { Ran }', 'export function run() {', '  const a = 1; const a = 2;', '}'),
    {
      verdict: 'not-runnable',
      ending: 'syntax-error',
      tests: 'sss',
      isPatient: true,
      says: ['already been declared', '    const a = 1; const a = 2;', `${shown}/lab.ts:4`],
    },
  );
  ending(
    'and its exception',
    program('enum Word { Ran }', '', '// a comment', 'export function run() {', '  return Word.Ran.word.length;', '}'),
    { verdict: 'failed', isPatient: true, says: ['TypeError: Cannot read', `${shown}/lab.ts:6 (in run)`] },
  );
  ending('and the one of its worker', withWorker('enum Word { Ran }', '', 'throw new Error(`not ${Word.Ran}`);'), {
    verdict: 'failed',
    isPatient: true,
    says: ['Error: not 0', `${shown}/worker.ts:4`],
  });
  ending('and the mistake of its worker', withWorker('enum Word { Ran }', 'const a = 1;', 'const a = 2;'), {
    verdict: 'failed',
    isPatient: true,
    says: ['already been declared', '    const a = 2;', `${shown}/worker.ts:4`],
  });
  test('what it prints and what it prints of errors stand in the order in which they were written', async () => {
    const got = await judging.judge('4-patient-endings', {
      ...withWorker("console.error('from a worker');"),
      ...program(
        "import { once } from 'node:events';",
        "import { Worker } from 'node:worker_threads';",
        'export async function run() {',
        "  for (let n = 0; n < 200; n += 1) console[n % 3 === 0 ? 'error' : 'log']('line', n);",
        "  await once(new Worker(new URL('./worker.ts', import.meta.url)), 'exit');",
        "  process.stderr.write('last');",
        "  return 'ran';",
        '}',
      ),
    });
    const lines = Array.from({ length: 200 }, (_, n) => `line ${n}\n`).join('');
    expect(got).toMatchObject({ verdict: 'passed', output: `${lines}from a worker\nlast` });
  });
  test('what it prints stays in order, and none of it is lost when it ends itself', async () => {
    const got = await judging.judge(
      '4-patient-endings',
      program(
        'export function run() {',
        "  for (let n = 0; n < 1_000; n += 1) console.log('line', n);",
        '  process.exit(0);',
        '}',
      ),
    );
    expect(got?.output).toBe(Array.from({ length: 1_000 }, (_, n) => `line ${n}\n`).join(''));
  });
});

describe('a save in the middle of a run', () => {
  test('cancels it and is judged itself', async () => {
    const spinning = program('export const run = () => { for (;;); };');
    const cancel = new AbortController();
    const began = Promise.withResolvers<void>();
    const first = judging.judge('4-patient-endings', spinning, {
      signal: cancel.signal,
      onTest: (news) => {
        if (news.kind === 'began' && news.name === 'run') began.resolve();
      },
    });
    await began.promise;
    judging.put(program("export const run = () => 'ran';"));
    cancel.abort();
    const second = judging.request('2-endings');
    expect(await first).toBe(undefined);
    expect(await second).toMatchObject({ verdict: 'passed' });
    expect(await judging.left()).toEqual([]);
  });
  test('many of them, of which only the last one counts', async () => {
    const all = Array.from({ length: 12 }, () => new AbortController());
    judging.put(program("export const run = () => 'ran';"));
    const verdicts = all.map((controller, index) => {
      const verdict = judging.request('2-endings', undefined, { signal: controller.signal });
      all[index - 1]?.abort();
      return verdict;
    });
    expect((await Promise.all(verdicts)).map((verdict) => verdict?.verdict)).toEqual([
      ...Array.from({ length: 11 }, () => undefined),
      'passed',
    ]);
    expect(await judging.left()).toEqual([]);
    expect(existsSync(judging.tmp)).toBe(true);
  });
});
