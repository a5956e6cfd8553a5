// Sees what the program writes to its standard output, and in which event. What is written past process.stdout and fs (by a
// child process that shares the pipe, say) is not seen.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import type { Recorder } from './recorder.ts';

const stdoutFd = 1;

export function watchOutput(recorder: Recorder): void {
  const decoder = new TextDecoder();
  let isInWrite = false;

  function print(chunk: unknown): void {
    if (recorder.isStopped || recorder.origin().isOfThread) return;
    const text =
      typeof chunk === 'string' ? chunk : ArrayBuffer.isView(chunk) ? decoder.decode(chunk as Uint8Array) : undefined;
    if (text === undefined || text === '') return;
    recorder.touch(true);
    recorder.print(text, recorder.here());
  }

  // The stream is made when it is first asked for, as it would be without us.
  const { get, ...rest } = Object.getOwnPropertyDescriptor(process, 'stdout') ?? {};
  const seen = new WeakSet<object>();
  if (get)
    Object.defineProperty(process, 'stdout', {
      ...rest,
      get() {
        const stdout = Reflect.apply(get, process, []) as NodeJS.WriteStream;
        if (!seen.has(stdout)) {
          seen.add(stdout);
          const value = new Proxy(stdout.write, {
            apply(target, self, args: unknown[]) {
              print(args[0]);
              isInWrite = true;
              try {
                return Reflect.apply(target, self, args);
              } finally {
                isInWrite = false;
              }
            },
          });
          Object.defineProperty(stdout, 'write', { value, writable: true, configurable: true, enumerable: false });
        }
        return stdout;
      },
    });

  for (const name of ['writeSync', 'writeFileSync', 'appendFileSync', 'write'] as const) {
    const wrapped = new Proxy(fs[name], {
      apply(target, self, args: unknown[]) {
        if (!isInWrite && (args[0] === stdoutFd || args[0] === '/dev/stdout')) print(written(args));
        return Reflect.apply(target, self, args);
      },
    });
    Reflect.set(fs, name, wrapped);
  }
  syncBuiltinESMExports();
}

/** Of `write(fd, buffer, offset, length)` the part that is written. */
function written([, data, offset, length]: readonly unknown[]): unknown {
  if (!ArrayBuffer.isView(data) || typeof offset !== 'number') return data;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).subarray(
    offset,
    typeof length === 'number' ? offset + length : undefined,
  );
}
