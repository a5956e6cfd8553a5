// A program of its own that has nothing to do but to wait for one call. It prints what the call brought, if it gets that
// far: `node alone.ts 17`.
import { writeSync } from 'node:fs';
import { callBlocking } from './lab.ts';

const library = new URL('./library.ts', import.meta.url).href;
const value = await callBlocking(library, 'query', [Number(process.argv[2]), 50]);
writeSync(1, JSON.stringify({ value }));
// What is left behind is not asked here.
process.exit();
