// Adds 1 to the number in a file: reads it, and writes when it is told to.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2] ?? '';
const number = Number(readFileSync(file, 'utf8'));
process.send?.(`read ${number}`);
await once(process, 'message');
writeFileSync(file, String(number + 1));
process.disconnect();
