// A hundred and more ways to write a thread: each is explored rightly, or refused with its file, its line and a reason.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { constructs, type Construct } from './constructs.ts';
import { WarmGuest } from './warm-guest.ts';

const folder = mkdtempSync(join(tmpdir(), 'interleave-constructs-'));
const helpers = ['live.ts', 'odd.ts', 'even.ts', 'barrel.ts'];
cpSync(fileURLToPath(new URL('../fixtures/constructs/', import.meta.url)), folder, { recursive: true });
const fileOf = (index: number): string => join(folder, `construct-${index}.ts`);
for (const [index, construct] of constructs.entries()) writeFileSync(fileOf(index), textOf(construct));
const guest = new WarmGuest([
  ...constructs.map((_, index) => fileOf(index)),
  ...helpers.map((name) => join(folder, name)),
]);

afterAll(async () => {
  await guest.close();
  rmSync(folder, { recursive: true });
});

test('there are a hundred and more', () => {
  expect(constructs.length).toBeGreaterThan(100);
  expect(new Set(constructs.map(({ name }) => name)).size).toBe(constructs.length);
});

test.for(constructs.map((construct, index) => [construct.name, index] as const))('%s', async ([, index]) => {
  const { expected, ...construct } = constructs[index] as Construct;
  const file = fileOf(index);
  const exploration = await guest.explore(file);
  if (typeof expected === 'object' && 'refused' in expected) {
    if (exploration.kind !== 'unsupported' && exploration.kind !== 'unusable')
      expect.fail(`not refused but ${JSON.stringify(exploration).slice(0, 500)}`);
    expect(exploration.reason).toMatch(expected.refused);
    expect(exploration.file).toMatch(/construct-\d+\.ts$/);
    const marked =
      textOf({ ...construct, expected })
        .split('\n')
        .findIndex((line) => line.includes('// here')) + 1;
    if (marked > 0) expect(exploration.line).toBe(marked);
    return;
  }
  if (exploration.kind === 'unsupported' || exploration.kind === 'unusable')
    expect.fail(`refused: ${exploration.reason} (line ${exploration.line})`);
  if (expected === 'kept') {
    expect(exploration).toMatchObject({ kind: 'passed', bound: undefined });
    return;
  }
  if (exploration.kind !== 'failed') return expect.fail('it passes');
  const { failure } = exploration;
  if (expected === 'lost') {
    expect(failure.kind).toBe('assertion');
    // One after the other they are right: every access was seen, and did what it does.
    expect(failure.preemptions).toBeGreaterThan(0);
    return;
  }
  expect(failure.kind).toBe(expected.kind);
  if (expected.said) expect(failure.said).toMatch(expected.said);
});

// What a table cannot say wrongly: the texts do in Node itself what it says of them.
test.for(
  constructs
    .filter(({ expected, top = '' }) => (expected === 'lost' || expected === 'kept') && !top.includes('./'))
    .map((each) => [each.name] as const),
)('in Node itself: %s', async ([name]) => {
  const index = constructs.findIndex((construct) => construct.name === name);
  const file = join(folder, `native-${index}.mts`);
  writeFileSync(file, textOf(constructs[index] as Construct).replace('interleave/kit/scenario', kit));
  const { setup, thread, final } = (await import(pathToFileURL(file).href)) as {
    setup(): object;
    thread(id: number, shared: object): void;
    final(shared: object): boolean;
  };
  const shared = setup();
  for (const id of [0, 1]) {
    // Each thread has variables of its own in its modules.
    const own = (await import(`${pathToFileURL(file).href}?thread=${id}`)) as { thread: typeof thread };
    own.thread(id, shared);
  }
  expect(final(shared)).toBe(true);
});

const kit = new URL('../../runner/kit/scenario.ts', import.meta.url).href;

function textOf({ top = '', body, holds = 'm[0] === 2' }: Construct): string {
  return [
    "import { i32 } from 'interleave/kit/scenario';",
    top,
    'export const threads = 2;',
    'const over = (type: any, length: number) => new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));',
    'export function setup(): any {',
    '  return {',
    '    m: i32(4), i8: over(Int8Array, 2), u8: over(Uint8Array, 2), u8c: over(Uint8ClampedArray, 2),',
    '    i16: over(Int16Array, 2), u16: over(Uint16Array, 2), u32: over(Uint32Array, 2), f32: over(Float32Array, 2),',
    '    f64: over(Float64Array, 2), b64: over(BigInt64Array, 2), bu64: over(BigUint64Array, 2),',
    '    dv: new DataView(new SharedArrayBuffer(16)),',
    '  };',
    '}',
    'export function thread(id: number, { m, i8, u8, u8c, i16, u16, u32, f32, f64, b64, bu64, dv }: any): void {',
    `  ${body}`,
    '}',
    'export function final({ m, i8, u8, u8c, i16, u16, u32, f32, f64, b64, bu64, dv }: any): boolean {',
    `  return ${holds};`,
    '}',
    '',
  ].join('\n');
}
