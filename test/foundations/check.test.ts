// `npm run check` finds what it looks for: each check is run in a copy of the project with one mistake of its kind
// planted, and in a copy with no program at all, where a check that sees nothing must not pass.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';

const settings = [
  '.ci',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  'knip.jsonc',
  'package.json',
  'tsconfig.json',
  'tsconfig.check.json',
];
const program = ['labs', 'lessons', 'runner', 'solutions', 'test', 'vitest.config.ts'];

const planted = {
  'runner/course/planted-type.ts': `export const planted: number = 'text';\n`,
  'runner/course/planted-promise.ts': [
    `async function later(): Promise<void> {}`,
    `export function start(): void {`,
    `  later();`,
    `}`,
    ``,
  ].join('\n'),
  'runner/course/planted-format.ts': `export const planted  = "double"\n`,
  'runner/course/planted-upwards.ts': `import type { planted } from '../tutor/planted.ts';\nexport type Planted = typeof planted;\n`,
  'runner/course/planted-door.ts': `export { diffLines as planted } from 'diff';\n`,
  'runner/terminal/planted-door.ts': `export { diffLines as planted } from 'diff';\n`,
  'runner/tutor/planted.ts': `export const planted = 1;\n`,
  'runner/judge/planted-content.ts': `export const planted = await import('../../solutions/99-planted/1-lab/lab.ts');\n`,
  'runner/planted-folder/planted.ts': `export { courseRoot } from '../course/paths.ts';\n`,
  'runner/kit/driver.ts': `export const planted = 1;\n`,
  'solutions/99-planted/1-lab/lab.ts': `export const planted = 1;\n`,
  'labs/99-planted/1-lab/lab.test.ts': `import '../../../runner/course/paths.ts';\nimport '../2-lab/driver.ts';\n`,
  'labs/99-planted/2-lab/driver.ts': `import '../../../runner/kit/driver.ts';\n`,
};

/** All five of them, one after the other, on a machine that has much else to do. */
const allChecksMs = 300_000;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function copyOf(paths: readonly string[]): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'interleave-check-')));
  folders.push(folder);
  for (const path of paths.filter((path) => existsSync(join(courseRoot, path))))
    cpSync(join(courseRoot, path), join(folder, path), { recursive: true });
  symlinkSync(join(courseRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

function check(name: string, folder: string, env: NodeJS.ProcessEnv = {}): { output: string; passed: boolean } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.ci/check.ts', name], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  // A checker colours its lines where CI or FORCE_COLOR is set, whatever NO_COLOR says.
  return { output: stripVTControlCharacters(stdout + stderr), passed: status === 0 };
}

test(
  'each check names the mistake that was planted for it',
  () => {
    const folder = copyOf([...settings, ...program]);
    for (const [path, text] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const found = Object.fromEntries(
      ['types', 'lint', 'format', 'unused', 'layers'].map((name) => [name, check(name, folder)]),
    );
    expect(Object.entries(found).filter(([, { passed }]) => passed)).toEqual([]);
    expect(found.types?.output).toContain('planted-type.ts');
    expect(found.lint?.output).toMatch(/no-floating-promises[^]*planted-promise\.ts:3/);
    expect(found.format?.output).toContain('planted-format.ts');
    expect(found.unused?.output).toContain('planted-upwards.ts');
    expect(found.layers?.output).toMatch(/diff has more than one door: .*runner\/course\/planted-door\.ts/);
    const layers = found.layers?.output.split('\n');
    const upwards = 'imports only its own folder and lower layers';
    expect(layers).toContain(`runner/course/planted-upwards.ts -> runner/tutor/planted.ts: runner/course ${upwards}`);
    for (const [path, rule] of [
      [
        'runner/judge/planted-content.ts -> solutions/99-planted/1-lab/lab.ts',
        'runner/ never imports content or tests',
      ],
      [
        'runner/planted-folder/planted.ts -> runner/course/paths.ts',
        'each folder of runner/ has its layer (.ci/layers.ts)',
      ],
      [
        'labs/99-planted/1-lab/lab.test.ts -> runner/course/paths.ts',
        'a lab imports its own folder and interleave/kit',
      ],
      [
        'labs/99-planted/1-lab/lab.test.ts -> labs/99-planted/2-lab/driver.ts',
        'a lab imports its own folder and interleave/kit',
      ],
      [
        'labs/99-planted/2-lab/driver.ts -> runner/kit/driver.ts',
        'content reaches the kit by its name, interleave/kit',
      ],
    ]) {
      expect(layers).toContain(`${path}: ${rule}`);
    }
  },
  allChecksMs,
);

test('a check that sees no program fails', () => {
  const folder = copyOf(settings);
  expect(check('unused', folder)).toMatchObject({ passed: false, output: expect.stringContaining('not a check') });
  expect(check('layers', folder)).toMatchObject({ passed: false, output: expect.stringContaining('not a check') });
});

test('a layer check that cannot read TypeScript fails', () => {
  // Without swc dependency-cruiser reads JavaScript alone, sees no .ts file but those that a .mjs leads to, and says so nowhere.
  const withoutSwc = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(specifier, context, next) {
      if (specifier.startsWith('@swc/')) throw Object.assign(new Error(specifier), { code: 'MODULE_NOT_FOUND' });
      return next(specifier, context);
    } });`;
  const { passed, output } = check('layers', courseRoot, {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(withoutSwc)}`,
  });
  expect(passed).toBe(false);
  expect(output).toMatch(/^runner\/.*[.]ts: not seen by the checker$/m);
});
