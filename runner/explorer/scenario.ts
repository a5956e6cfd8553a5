// A scenario as its author wrote it, loaded where no thread's code runs: how many threads there are, what memory holds at the
// beginning, what is checked. Only its `thread` belongs to the threads.
import { readFileSync } from 'node:fs';
import { isPromise } from 'node:util/types';
import { checkpoint, i32 } from './author-kit.ts';
import type { Checks, Outside } from './engine/explore.ts';
import { importable } from './guest/kit-modules.ts';
import { Membrane, MembraneError, type Crossing } from './guest/membrane.ts';
import { Modules, Refusal, type Namespace } from './guest/modules.ts';
import { Layout } from './engine/layout.ts';
import { isSynchronous } from './synchronous.ts';
import { attempted, thrownText } from './thrown-text.ts';
import { digestOf } from './engine/schedule.ts';

export interface LoadedScenario {
  readonly kind: 'threads';
  readonly threads: number;
  readonly layout: Layout;
  /** what memory holds at the beginning */
  readonly bytes: Uint8Array;
  /** what `setup` returned, on its way to the threads */
  readonly shared: Crossing;
  readonly checks: Checks;
  /** the files that the scenario is made of, absolute, itself first */
  readonly files: readonly string[];
  /** of these files' texts */
  readonly digest: string;
}

/** Wrong content: nothing that a thread does. */
export interface Unusable {
  readonly kind: 'unusable';
  readonly reason: string;
  readonly file: string;
  readonly line: number;
  /** it is one of async tasks, which are explored in another way (async/): the files that it is made of, itself first */
  readonly ofTasks?: readonly string[];
}

/** Without a prototype: what every object has is no name of a scenario's. */
const kit = Object.assign(Object.create(null) as Record<string, unknown>, { i32, checkpoint });

const mostThreads = 8;
const mostBytes = 64 * 1024;

/**
 * @param file absolute
 * @param standIn what stands for a file that may not be loaded here: the one that is judged
 */
export function loadScenario(
  file: string,
  standIn: (file: string) => Namespace | undefined = () => undefined,
): LoadedScenario | Unusable {
  const modules = new Modules({
    pass: () => {},
    elsewhere: (specifier) => importable(specifier, kit),
    ambient: kit,
    standIn,
  });
  const unusable = (reason: string, where = file, line = 0): Unusable => ({
    kind: 'unusable',
    reason,
    file: where,
    line,
  });
  let exports: Namespace;
  try {
    exports = modules.instantiate(file);
  } catch (error) {
    if (error instanceof Refusal) return unusable(error.message, error.file, error.line);
    return unusable(`it fails when it is imported: ${thrownText(error)}`);
  }
  const { threads, setup, thread, invariant, final, tasks } = exports;
  if (threads === undefined && tasks === undefined)
    return unusable('it exports neither `threads` nor `tasks`: it is no scenario');
  if (threads === undefined)
    return { ...unusable('it is a scenario of async tasks, not of threads'), ofTasks: modules.files };
  if (!Number.isInteger(threads) || (threads as number) < 1 || (threads as number) > mostThreads)
    return unusable(`\`threads\` must be a whole number from 1 to ${mostThreads}`);
  for (const [name, value] of Object.entries({ setup, thread }))
    if (typeof value !== 'function') return unusable(`it exports no function \`${name}\``);
  for (const [name, value] of Object.entries({ invariant, final }))
    if (value !== undefined && typeof value !== 'function') return unusable(`\`${name}\` is no function`);
  for (const [name, value] of Object.entries({ setup, thread, invariant, final }))
    if (value !== undefined && !isSynchronous(value))
      return unusable(`\`${name}\` has to be an ordinary synchronous function`, file, lineOfExport(file, name));

  let shared: unknown;
  try {
    shared = (setup as () => unknown)();
  } catch (error) {
    return unusable(`setup() fails: ${thrownText(error)}`);
  }
  let layout: Layout;
  let crossing: ReturnType<typeof crossed>;
  try {
    layout = Layout.of(shared);
    crossing = crossed(shared, layout);
  } catch (error) {
    return unusable(`what setup() returns cannot be looked at: ${thrownText(error)}`);
  }
  if (layout.byteLength > mostBytes)
    return unusable(`setup() makes ${layout.byteLength} bytes of shared memory; at most ${mostBytes} can be explored`);
  if (layout.buffers.some(({ growable }) => growable))
    return unusable('setup() makes a SharedArrayBuffer that grows; give it the bytes that it needs');
  if (typeof crossing === 'string') return unusable(crossing);
  const bytes = layout.read();
  const exported = (name: string): Exported => ({ name, file, line: lineOfExport(file, name) });
  const checks: Checks = {
    ...(typeof invariant === 'function' && {
      invariant: check(layout, shared, invariant as Check, exported('invariant')),
    }),
    ...(typeof final === 'function' && { final: check(layout, shared, final as Check, exported('final')) }),
  };
  const { files } = modules;
  return {
    kind: 'threads',
    threads: threads as number,
    layout,
    bytes,
    shared: crossing.shared,
    checks,
    files,
    digest: digestOf(files.map((path) => readFileSync(path, 'utf8'))),
  };
}

/** @returns 0 where it cannot be told */
export function lineOfExport(file: string, name: string): number {
  const declared = new RegExp(`\\bexport\\b.*\\b${name}\\b`);
  return (
    readFileSync(file, 'utf8')
      .split('\n')
      .findIndex((line) => declared.test(line)) + 1
  );
}

type Check = (shared: unknown) => unknown;

interface Exported {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** The author's check on given bytes: what it says is wrong, or undefined. */
function check(
  layout: Layout,
  shared: unknown,
  run: Check,
  { name, ...at }: Exported,
): (bytes: Uint8Array) => string | Outside | undefined {
  return (bytes) => {
    layout.write(bytes);
    try {
      const answer = run(shared);
      if (isPromise(answer)) {
        answer.catch(() => {});
        return { reason: `${name} gave back a promise, and nobody waits for it`, ...at };
      }
      return answer === false ? `${name} returned false` : undefined;
    } catch (error) {
      const said = error instanceof Error ? attempted(() => String(error.message || error.name)) : undefined;
      return said ?? `${name} threw ${thrownText(error)}`;
    }
  };
}

/** @returns why it cannot cross, or what crosses */
function crossed(shared: unknown, layout: Layout): { readonly shared: Crossing } | string {
  const membrane = new Membrane({
    native: globalThis,
    memory: { shapeOf: layout.shapeOf, extentOf: layout.extentOf, view: nothing, buffer: nothing },
  });
  try {
    const crossing = membrane.send(shared);
    const kept = membrane.kept[0];
    if (kept === undefined) return { shared: crossing };
    const what =
      typeof kept === 'function'
        ? 'a function'
        : Object.getPrototypeOf(kept) === Object.prototype
          ? 'an object with a method or an accessor'
          : `an object of the class ${kept.constructor?.name ?? '?'}`;
    return `setup() returns ${what}; only plain data and views of SharedArrayBuffers get to a thread`;
  } catch (error) {
    if (error instanceof MembraneError) return `setup(): ${error.message}`;
    throw error;
  }
}

function nothing(): never {
  throw new MembraneError('nothing comes back from a thread');
}
