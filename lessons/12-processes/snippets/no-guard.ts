// Starts a child that runs the same file, and has no guard but a limit.
import { spawnSync } from 'node:child_process';

const generation = Number(process.argv[2] ?? 1);
// #region start
console.log('generation', generation);
if (generation < 5) {
  const args = [import.meta.filename, String(generation + 1)];
  spawnSync(process.execPath, args, { stdio: 'inherit' });
}
// #endregion
