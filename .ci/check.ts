// `npm run check [NAME...]`: runs the named checks, or all of them, side by side, and says which failed. It knows how
// each tool is started; what a tool looks for stands in that tool's own configuration.
import { spawn } from 'node:child_process';
import process from 'node:process';

/** Script and arguments of each check, started by this Node from the project's root. */
const checks: Readonly<Record<string, readonly string[]>> = {
  types: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.check.json'],
  lint: ['node_modules/oxlint/bin/oxlint'],
  format: ['node_modules/oxfmt/bin/oxfmt', '--check'],
  unused: ['node_modules/knip/bin/knip.js', '--no-config-hints', '--preprocessor', './.ci/knip-saw.ts'],
  layers: ['.ci/layers.ts'],
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(checks);
const unknown = names.find((name) => !(name in checks));
if (unknown) {
  console.error(`No check is named ${unknown}. Next: choose from ${Object.keys(checks).join(', ')}.`);
  process.exit(2);
}

const results = await Promise.all(
  names.map(async (name) => {
    const { output, passed } = await run(checks[name] ?? []);
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
    if (!passed || names.length === 1) console.log(output);
    return { name, passed };
  }),
);

const failed = results.filter((result) => !result.passed).map((result) => result.name);
if (failed.length > 0) {
  console.log(`Failed: ${failed.join(', ')}. One alone: npm run check:${failed[0]}`);
  process.exitCode = 1;
}

/** Runs a script to its end. `output` is stdout and stderr as they came. */
function run(command: readonly string[]): Promise<{ output: string; passed: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ output: output.trimEnd(), passed: code === 0 }));
  });
}
