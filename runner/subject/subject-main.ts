// The entry of the subject: the child process in which learner code runs. It boots before there is anything to
// run, waits, imports what the stage holds when it is told to, and answers calls. It shares its realm with code
// that may patch every built-in, so nothing that it says is proof of anything: the judge compares.
import fs from 'node:fs';
import net from 'node:net';
import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  fromJudgeFd,
  LineReader,
  maxLineBytes,
  toJudgeFd,
  type ErrorReport,
  type FromSubject,
  type ModuleName,
  type ToSubject,
} from './frames.ts';
import { decode, encode, WireError, type Encoded, type KeepFunction } from './values.ts';

// Taken before any learner code runs: a test of a lab about clocks or JSON must not break the shim by accident.
const { parse, stringify } = JSON;
const { writeSync } = fs;
const stage = process.cwd();

/** An error says what it has to say in less. */
const maxErrorCharacters = 16 * 1024;
/** Nor does anybody read more names. */
const mostExports = 100;

const modules: Partial<Record<ModuleName, Record<string, unknown>>> = {};
const kept: { fn: (...args: unknown[]) => unknown; receiver: object | undefined }[] = [];
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>();
let lastCallback = 0;

const keep: KeepFunction = (fn, receiver) => kept.push({ fn: fn as (...args: unknown[]) => unknown, receiver }) - 1;

/** @throws WireError when it is more than the wire takes */
function send(frame: FromSubject): void {
  const bytes = Buffer.from(`${stringify(frame)}\n`);
  if (bytes.length > maxLineBytes)
    throw new WireError(`more than ${maxLineBytes / 1024} KiB cannot be handed over at once`);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(toJudgeFd, bytes, written);
    } catch (error) {
      // The pipe is full and somebody made it non-blocking; anything else means that the judge is gone.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(1);
    }
  }
}

/** A function of the judge: calling it starts a callback there. */
function judgesFunction(fn: number) {
  return async (...args: unknown[]): Promise<unknown> => {
    const id = ++lastCallback;
    const settled = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    send({ t: 'callback', id, fn, args: args.map((arg) => encode(arg, keep)) });
    return settled;
  };
}

function onFrame(frame: ToSubject): void {
  switch (frame.t) {
    case 'load':
      void load(frame.lab, frame.driver);
      return;
    case 'call': {
      const value = modules[frame.module]?.[frame.name];
      if (typeof value !== 'function')
        return send({ t: 'missing', id: frame.id, name: frame.name, found: typeof value, exports: exportsOf('lab') });
      const target = value as (...args: unknown[]) => unknown;
      return void answer(frame.id, frame.args, (args) =>
        frame.construct ? Reflect.construct(target, args) : target(...args),
      );
    }
    case 'read': {
      const exports = modules[frame.module] ?? {};
      if (!(frame.name in exports))
        return send({ t: 'missing', id: frame.id, name: frame.name, found: 'undefined', exports: exportsOf('lab') });
      return void answer(frame.id, [], () => exports[frame.name]);
    }
    case 'invoke': {
      const target = kept[frame.fn];
      return void answer(frame.id, frame.args, (args) => target?.fn.apply(target.receiver, args));
    }
    case 'reply': {
      const promise = waiting.get(frame.id);
      waiting.delete(frame.id);
      const value = decode(frame.value, judgesFunction);
      if (frame.ok) promise?.resolve(value);
      else promise?.reject(value);
    }
  }
}

/** Runs learner code; its frames begin below this function's name in a stack. */
async function answer(id: number, args: readonly Encoded[], run: (args: unknown[]) => unknown): Promise<void> {
  let ok = true;
  let value: unknown;
  try {
    value = await run(args.map((arg) => decode(arg, judgesFunction)));
  } catch (error) {
    ok = false;
    value = error;
  }
  try {
    send({ t: 'answer', id, ok, value: encode(value, keep) });
  } catch (error) {
    send({ t: 'answer', id, ok: false, value: encode(error, keep) });
  }
}

async function load(lab: string, driver: string | null): Promise<void> {
  let during: ModuleName = 'lab';
  try {
    modules.lab = (await import(stageUrl(lab))) as Record<string, unknown>;
    during = 'driver';
    if (driver) modules.driver = (await import(stageUrl(driver))) as Record<string, unknown>;
    send({ t: 'loaded' });
  } catch (error) {
    send({ t: 'load-failed', during, error: reportOf(error), exports: exportsOf('lab') });
    // The place of a syntax error is known to V8 alone, which prints it when nobody catches the error.
    if (error instanceof SyntaxError)
      setImmediate(() => {
        throw error;
      });
  }
}

function exportsOf(name: ModuleName): string[] {
  return Object.keys(modules[name] ?? {}).slice(0, mostExports);
}

function stageUrl(file: string): string {
  return pathToFileURL(join(stage, file)).href;
}

function reportOf(thrown: unknown): ErrorReport {
  if (!(thrown instanceof Error))
    return { name: 'thrown', message: describe(thrown).slice(0, maxErrorCharacters), stack: '', code: '' };
  const { name, message, stack, code } = thrown as NodeJS.ErrnoException;
  const [named, said, where, coded] = [name, message, stack ?? '', code ?? ''].map((part) =>
    String(part).slice(0, maxErrorCharacters),
  );
  return { name: named ?? '', message: said ?? '', stack: where ?? '', code: coded ?? '' };
}

function describe(thrown: unknown): string {
  try {
    return typeof thrown === 'string' ? thrown : (stringify(thrown) ?? String(thrown));
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}

process.on('exit', (code) => send({ t: 'exit', code, stack: new Error('exit').stack ?? '' }));
process.on('uncaughtExceptionMonitor', (error, origin) =>
  send({ t: 'uncaught', error: reportOf(error), rejection: origin === 'unhandledRejection' }),
);

// A blocked read of the pipe would make process.exit() hang; a socket does not.
const fromJudge = new net.Socket({ fd: fromJudgeFd, readable: true, writable: false });
const reader = new LineReader(Number.POSITIVE_INFINITY);
fromJudge.on('data', (chunk: Buffer) => {
  for (const line of reader.read(chunk)) onFrame(parse(line) as ToSubject);
});
// The judge is gone: nothing that runs here has a purpose any more.
fromJudge.on('close', () => process.exit(1));

// A program that never lets its event loop turn would keep what it prints to itself: at a terminal it would not.
for (const { _handle } of [process.stdout, process.stderr] as {
  _handle?: { setBlocking?(isBlocking: boolean): void };
}[]) {
  _handle?.setBlocking?.(true);
}

// Of two pipes nobody could tell which was written to first. What Node prints itself still goes to the other one.
process.stderr.write = process.stdout.write.bind(process.stdout);

// Loads the type stripper now, not while a learner waits.
module.stripTypeScriptTypes('const warm: number = 1;');
send({ t: 'ready' });
