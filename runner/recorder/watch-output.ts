// Sees what the program writes to its standard output, and in which event. What is written past process.stdout and fs (by a
// child process that shares the pipe, say) is not seen.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { Recorder } from './recorder.ts';
import { standIn } from './stand-in.ts';

const stdoutFd = 1;
const { from, isEncoding } = Buffer;
const { apply: call } = Reflect;
const { defineProperty } = Object;

export function watchOutput(recorder: Recorder): void {
  // A letter may be cut: it belongs to whoever writes its last byte.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let isInWrite = false;

  function print(chunk: unknown, encoding?: unknown): void {
    recorder.attempt(() => {
      const bytes = bytesOf(chunk, encoding);
      if (bytes === undefined || bytes.byteLength === 0 || recorder.origin().isOfThread) return;
      recorder.touch(true);
      const text = decoder.decode(bytes, { stream: true });
      if (text !== '') recorder.print(text, recorder.here());
    });
  }

  // The stream is made when it is first asked for, as it would be without us.
  const { get, ...rest } = Object.getOwnPropertyDescriptor(process, 'stdout') ?? {};
  let seen: unknown;
  if (get)
    Object.defineProperty(process, 'stdout', {
      ...rest,
      get() {
        const stdout = call(get, process, []) as NodeJS.WriteStream;
        if (stdout !== seen) {
          seen = stdout;
          const value = standIn(
            stdout.write,
            (original) =>
              function (this: object, ...args: unknown[]) {
                print(args[0], args[1]);
                isInWrite = true;
                try {
                  return call(original, this, args);
                } finally {
                  isInWrite = false;
                }
              },
          );
          defineProperty(stdout, 'write', { value, writable: true, configurable: true, enumerable: false });
        }
        return stdout;
      },
    });

  for (const name of ['writeSync', 'writevSync', 'writeFileSync', 'appendFileSync', 'write', 'writev'] as const) {
    const wrapped = standIn(
      fs[name],
      (original) =>
        function (this: object, ...args: unknown[]) {
          if (!isInWrite && (args[0] === stdoutFd || args[0] === '/dev/stdout'))
            recorder.attempt(() => written(args).forEach((chunk) => print(chunk)));
          return call(original, this, args);
        },
    );
    Reflect.set(fs, name, wrapped);
  }
  syncBuiltinESMExports();
}

/** Of `write(fd, buffer, offset, length)` the part that is written, of `writev(fd, buffers)` each. */
function written([, data, offset, length]: readonly unknown[]): readonly unknown[] {
  if (Array.isArray(data)) return data;
  if (!ArrayBuffer.isView(data) || typeof offset !== 'number') return [data];
  return [allOf(data).subarray(offset, typeof length === 'number' ? offset + length : undefined)];
}

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(chunk)) return allOf(chunk);
  if (typeof chunk !== 'string') return undefined;
  return from(chunk, typeof encoding === 'string' && isEncoding(encoding) ? encoding : 'utf8');
}

function allOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
