// Adds to the number in a file: reads it, adds 1, writes it, time and again; with a lock file around it, or without.
import { closeSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder, additions] = process.argv.slice(2);
const file = join(folder, 'number');
const lock = join(folder, 'lock');
let first = 0;

process.on('message', async (task) => {
  if (task === 'read') first = read();
  else if (task === 'add') {
    write(first + 1);
    for (let i = 1; i < additions; i++) write(read() + 1);
  } else for (let i = 0; i < additions; i++) await underLock(() => write(read() + 1));
  process.send('done');
});

// A file that is just being written is empty for a moment.
function read() {
  for (;;) {
    const text = readFileSync(file, 'utf8');
    if (text !== '') return Number(text);
  }
}

// All have the same length: else, where two write at once, the last digit of the longer one stays behind the shorter one.
function write(number) {
  writeFileSync(file, String(number).padStart(3, '0'));
}

async function underLock(section) {
  while (!tryToMake(lock)) await sleep(0);
  section();
  unlinkSync(lock);
}

function tryToMake(path) {
  try {
    closeSync(openSync(path, 'wx'));
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}
