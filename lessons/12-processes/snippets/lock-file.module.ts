import { closeSync, openSync, unlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs a section while no other process that asks for the same lock is in one. */
export async function underLockFile(lock: string, section: () => void): Promise<void> {
  while (!tryToMake(lock)) await sleep(1);
  try {
    section();
  } finally {
    unlinkSync(lock);
  }
}

/** The flag `x` says: make it, and fail if it is there. One step, done by the system. */
function tryToMake(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
