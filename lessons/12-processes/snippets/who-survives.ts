// Two shops use a library that crashes: one in a thread, one in a process.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

for (const place of ['thread', 'process']) {
  const file = fileURLToPath(new URL(`./shop-with-${place}.main.ts`, import.meta.url));
  const shop = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  console.log(`${place}: "${shop.stdout.trim()}", then ${shop.signal ?? shop.status}`);
}
