import { fork } from 'node:child_process';

const library = fork(new URL('./library.part.ts', import.meta.url));
library.on('error', (error) => console.log('the library failed:', error.message));
library.on('exit', () => console.log('the shop goes on'));
