#!/usr/bin/env node
// The door of `npm start`, `npm test` and `npx interleave`: plain JavaScript, because an old Node dies on a .ts entry
// before it can say anything. It goes on in this process when this Node is new enough, else the one that the course
// brings takes over. `--run FILE ...` gives FILE the same Node in place of the course. It knows nothing of what main.ts
// does, and imports nothing before the first paint that it does not need.
import module from 'node:module';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const floor = 24;

if (Number.parseInt(process.versions.node) < floor) {
  const { handOver } = await import('./hand-over.mjs');
  handOver(floor);
} else if (process.argv[2] === '--run' && /[.]c[jt]s$/.test(process.argv[3] ?? '')) {
  // Imported, a CommonJS program would run inside of a microtask, and in another order than by itself.
  const { runWith } = await import('./hand-over.mjs');
  runWith(process.execPath, process.argv.slice(3), (error) => {
    throw error;
  });
} else if (process.argv[2] === '--run') {
  process.argv.splice(1, 3, resolve(process.argv[3]));
  await import(pathToFileURL(process.argv[1]).href);
} else {
  module.enableCompileCache?.();
  hushExperiments();
  await import('./main.ts');
}

/** Early versions of Node 24 warn of two of their parts that the course stands on; a learner can do nothing about it. */
function hushExperiments() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...details) => {
    if (/^(SQLite|Type Stripping) is an experimental feature/.test(String(warning))) return;
    emitWarning.call(process, warning, ...details);
  };
}
