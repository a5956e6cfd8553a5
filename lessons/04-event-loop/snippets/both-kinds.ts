// The same four lines, as a CommonJS file and as an ES module.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// #region start
for (const name of ['order.script.cts', 'order.script.mts']) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const printed = String(execFileSync(process.execPath, [file]));
  console.log(`${name}: ${printed.trim().split('\n').join(', ')}`);
}
// #endregion
