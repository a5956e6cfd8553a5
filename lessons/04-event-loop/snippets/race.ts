// Runs that script twenty times, and counts who came first.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('race.script.mts', import.meta.url));
const first = { timeout: 0, immediate: 0 };
for (let run = 0; run < 20; run++) {
  const printed = String(execFileSync(process.execPath, [file]));
  first[printed.startsWith('timeout') ? 'timeout' : 'immediate']++;
}
console.log(first);
