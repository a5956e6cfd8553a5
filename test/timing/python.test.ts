// Python beside Node: a real python3 where there is one, and what may be called python3 and is of no use.
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { plainStyle } from '../../runner/terminal/style.ts';
import { makeDemo } from '../../runner/timing/demo.ts';
import { demoLines } from '../../runner/timing/demo-lines.ts';
import { withoutPython } from '../../runner/timing/demo-with-python.ts';
import { linuxWay, pythonWords, readFacts } from '../../runner/timing/python.ts';
import { findPython, startPython } from '../../runner/timing/python-process.ts';
import { runDemo } from '../../runner/timing/run-demo.ts';
import { temporaryFolder } from '../course/course-fixture.ts';

const fixtures = join(courseRoot, 'test/fixtures/demos');
const script = join(fixtures, 'with_python.py');
const demo = { id: '90/with-python', name: 'with-python', file: join(fixtures, 'with-python.ts') };
const posix = process.platform !== 'win32';
let hasPython = false;

beforeAll(async () => {
  hasPython = !('missing' in (await findPython(process.env)));
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A PATH on which this comes first as python3. */
function pathWith(shellScript: string): string {
  const bin = temporaryFolder();
  writeFileSync(join(bin, 'python3'), `#!/bin/sh\n${shellScript}\n`);
  chmodSync(join(bin, 'python3'), 0o755);
  return [bin, process.env.PATH].join(delimiter);
}

describe.runIf(posix)('what is called python3', () => {
  test.each([
    ['hangs', 'exec sleep 60', 'python3 did not answer for 1 s.'],
    ['ends at once', 'exit 0', 'python3 ended (exit code 0).'],
    ['kills itself', 'kill -9 $$', 'python3 ended (SIGKILL).'],
    [
      'is a shim without a version',
      'echo "pyenv: python3: command not found" >&2; exit 127',
      'python3 ended (exit code 127: pyenv: python3: command not found).',
    ],
    [
      'says something else',
      'echo "Welcome!"; exec sleep 60',
      'What is called python3 is no Python: it says "Welcome!".',
    ],
    [
      'is too old',
      `echo '{"version": [3, 8, 20]}'; exec sleep 60`,
      'python3 is Python 3.8.20, which is too old: it takes 3.9 or newer.',
    ],
  ])('%s', async (_, shellScript, missing) => {
    const found = await findPython({ PATH: pathWith(shellScript) }, shellScript === 'exec sleep 60' ? 1_000 : 30_000);
    expect(found).toEqual({ missing, next: expect.stringMatching(/^To get Python 3\.9 or newer as python3: .*\.$/) });
  });

  test('is not there', async () => {
    expect(await findPython({ PATH: temporaryFolder() })).toMatchObject({
      missing: 'There is no python3 on the PATH.',
    });
  });

  test('answers with what is no answer', async () => {
    const facts = JSON.stringify({ version: [3, 12, 1], implementation: 'CPython', hasGil: true });
    const python = await startPython([], { PATH: pathWith(`echo '${facts}'; read line; echo 42; exec sleep 60`) });
    if ('missing' in python) throw new Error(python.missing);
    await expect(python.call({ script, call: 'work', args: [] })).rejects.toThrow(
      'python3 answered with what is no answer: "42".',
    );
    python.close();
  });

  test('does not come back from a call', async () => {
    const facts = JSON.stringify({ version: [3, 12, 1], implementation: 'CPython', hasGil: true });
    const path = pathWith(`echo '${facts}'; exec sleep 60`);
    const python = await startPython([], { PATH: path }, { callMs: 200 });
    if ('missing' in python) throw new Error(python.missing);
    const call = python.call({ script, call: 'work', args: [] });
    await expect(call).rejects.toThrow('python3 did not answer for 0.2 s.');
    python.close();
  });
});

const facts = { version: [3, 14, 0], implementation: 'CPython', hasGil: true, isFreeThreaded: false };

test.each([
  [{}, 'Python 3.14.0, which has a GIL: one thread at a time runs Python'],
  [
    { hasGil: false, isFreeThreaded: true },
    'Python 3.14.0, which has no GIL: its threads may help where those of others do not',
  ],
  [
    { isFreeThreaded: true },
    'Python 3.14.0, built without a GIL, which is switched on here: one thread at a time runs Python',
  ],
  [
    { interpreters: true, interpreterPool: true },
    'Python 3.14.0, which has a GIL: one thread at a time runs Python; it has sub-interpreters, each with a GIL of its ' +
      'own (concurrent.interpreters and InterpreterPoolExecutor)',
  ],
  [
    { implementation: 'PyPy', version: [3, 10, 14] },
    'Python 3.10.14 (PyPy), which has a GIL: one thread at a time runs Python',
  ],
])('%j in words', (changes, words) => {
  const read = readFacts(JSON.stringify({ ...facts, ...changes }));
  expect('missing' in read ? read.missing : pythonWords(read)).toBe(words);
});

test('how to get it depends on the system', () => {
  expect(linuxWay('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n')).toBe('"sudo apt install python3"');
  expect(linuxWay('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toBe('"sudo dnf install python3"');
  expect(linuxWay('')).toBe('the package python3 of your system');
});

const work = () => 42;
const check = (result: number) => result === 42;
const inPython = { script: './a.py', call: 'f', check };

test('what is timed in both languages takes turns; without Python all is as if it had never been there', () => {
  const both = makeDemo({
    title: 'Both',
    variants: { a: work, b: work, bytes: { run: work, unit: 'bytes' } },
    python: { p: inPython, q: inPython },
    check,
    ratios: { node: { of: 'a', over: 'b', threads: 2 }, python: { of: 'p', over: 'q', threads: 2 } },
    claims: [
      { claim: 'F01', says: 'a', ratio: 'node', holds: [1, 2], limits: [0.9, 1.1] },
      { claim: 'F02', says: 'p', ratio: 'python', holds: [1, 2], limits: [0.9, 1.1] },
    ],
  });
  expect(both.plan.series).toEqual([
    { variants: ['a', 'b', 'p', 'q'], ratios: ['node', 'python'] },
    { variants: ['bytes'], ratios: [] },
  ]);
  const { plan } = withoutPython(both);
  expect(plan.variants.map(({ name }) => name)).toEqual(['a', 'b', 'bytes']);
  expect(plan.series).toEqual([
    { variants: ['a', 'b'], ratios: ['node'] },
    { variants: ['bytes'], ratios: [] },
  ]);
  expect(plan.claims.map(({ claim }) => claim)).toEqual(['F01']);
});

test.each<[python: Record<string, typeof inPython>, message: string]>([
  [{ p: { ...inPython, script: './split-work.py' } }, 'the script of "p" is named "./split-work.py", which Python'],
  [{ p: { ...inPython, script: 'split_work.py' } }, 'the script of "p" is named'],
  [{ p: { ...inPython, call: 'os.system' } }, 'the call of "p" is no name of a function'],
  [{ a: inPython }, 'two of its variants have the same name'],
  [{ p: inPython, q: inPython, r: inPython, s: inPython, t: inPython }, 'it has 5 variants in Python; the most is 4'],
])('refused: %j', (python, message) => {
  expect(() => makeDemo({ title: 'T', variants: { a: work, b: work }, python, check })).toThrow(
    `This demo cannot be measured: ${message}`,
  );
});

describe('a demo with both', () => {
  test('compares the two and says which Python it was', async (context) => {
    if (!hasPython) context.skip('needs python3');
    const result = await runDemo(demo, { pace: 'quick' });
    expect(result.python).toMatchObject({ version: expect.stringMatching(/^3\./) });
    expect(result.variants.map(({ name }) => name)).toEqual(['Node', 'Python once', 'Python twice']);
    expect(new Set(result.variants.map(({ runs }) => runs)).size).toBe(1);
    expect(result.ratios.find(({ name }) => name === 'twice')?.median).toBeGreaterThan(1.2);
    expect(result.verdicts.map(({ claim }) => claim)).toEqual(['F01', 'F02']);
  });

  test.each([
    ['fails', 'work() failed (ValueError: spoilt).'],
    ['lies', '"Python \\w+" did not do its work: its check refuses the result \\d.'],
    ['dies', 'python3 ended (exit code 3: a script may print what it likes).'],
    ['is no data', 'work() failed (TypeError: Object of type set is not JSON serializable).'],
  ])('a Python that %s is left out, and Node is measured', async (spoilt, missing) => {
    vi.stubEnv('SPOILT', spoilt);
    if (!hasPython) return;
    const result = await runDemo(demo, { pace: 'quick' });
    const pattern = spoilt === 'lies' ? missing : missing.replaceAll(/[().]/g, '\\$&');
    expect(result.python).toEqual({ missing: expect.stringMatching(new RegExp(`^${pattern}$`)), next: '' });
    expect(result.variants.map(({ name }) => name)).toEqual(['Node']);
    expect(result.variants[0]?.runs).toBeGreaterThan(0);
    expect(result.verdicts.map(({ claim }) => claim)).toEqual(['F02']);
  });

  test.runIf(posix)('what a python3 complains about is escaped', async () => {
    vi.stubEnv('PATH', pathWith(String.raw`printf 'no \033[2Jluck\n' >&2; exit 1`));
    const result = await runDemo(demo, { pace: 'once' });
    const text = demoLines(result, 200, plainStyle).join(' ');
    expect(text).toContain(String.raw`python3 ended (exit code 1: no \x1b[2Jluck).`);
    expect(text).not.toContain('\x1b');
  });

  test.runIf(posix)('without Python Node is measured, and the recorded example is there', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    const result = await runDemo(demo, { pace: 'once' });
    expect(result.python).toMatchObject({ missing: 'There is no python3 on the PATH.' });
    expect(result.variants.map(({ name }) => name)).toEqual(['Node']);
    expect(result.recorded?.variants.map(({ name }) => name)).toEqual(['Node', 'Python once', 'Python twice']);
    expect(result.recorded?.python).toMatchObject({ implementation: 'CPython', hasGil: true });
    const lines = demoLines(result, 60, plainStyle);
    const text = lines.join(' ');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text).toContain(
      'The variants in Python are left out. There is no python3 on the PATH. To get Python 3.9 or',
    );
    const [, before = '', behind = ''] =
      /^(.*)Recorded elsewhere, as an example: 2 cores, Linux, Node (.*)$/.exec(text) ?? [];
    expect(before).not.toContain('Python twice');
    expect(behind).toContain('Python twice');
    // What was found elsewhere is no verdict about this machine.
    expect(text).not.toContain('Twice the work takes longer.');
  });
});
