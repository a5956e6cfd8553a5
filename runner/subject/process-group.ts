// A program that was started with `detached` leads a group of its own: what it started is reached by the group.
import type { ChildProcess } from 'node:child_process';
import process from 'node:process';

/** Sends a signal to a program and all that it has started; on Windows to the program alone. Nothing happens if none is left. */
export function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Nothing of it is left.
  }
}
