// The code of an async scenario: its modules in a realm of their own, made anew for each run, and checked once for what it has
// to export. It is made both where all code runs and where only the author's does.
import { importable } from '../guest/kit-modules.ts';
import { Modules, type Namespace, type Surroundings } from '../guest/modules.ts';
import { placesOnStack } from '../guest/places-on-stack.ts';
import type { Place } from '../engine/operation.ts';
import { isSynchronous } from '../synchronous.ts';
import { makeAsyncRealm, type AsyncOperator, type AsyncRealm } from './realm.ts';
import type { Parts } from './run.ts';

const mostTasks = 8;

export class ScenarioCode {
  readonly realm: AsyncRealm;
  readonly #file: string;
  readonly #modules: Modules;
  readonly #operator: AsyncOperator;

  /**
   * @param file absolute
   * @param elsewhere `standIn`: what stands for a file that is not here, the one that is judged; `pass` is called first in each
   * handler of exceptions
   */
  constructor(file: string, operator: AsyncOperator, elsewhere: Pick<Surroundings, 'standIn' | 'pass'>) {
    this.#file = file;
    this.#operator = operator;
    this.realm = makeAsyncRealm(operator);
    const { native } = this.realm;
    const kit = {
      i32: (length: number) =>
        new (native.Int32Array as Int32ArrayConstructor)(
          new (native.SharedArrayBuffer as SharedArrayBufferConstructor)(4 * length),
        ),
      checkpoint: () => {},
    };
    this.#modules = new Modules({
      realm: this.realm.context,
      ...elsewhere,
      refuse: (reason) => operator.refuse(reason),
      elsewhere: (specifier) => importable(specifier, kit, { refuse: (reason) => operator.refuse(reason) }),
    });
  }

  /** The files that it is made of, absolute, itself first. */
  get files(): readonly string[] {
    return this.#modules.files;
  }

  readonly has = (file: string): boolean => this.#modules.has(file);

  places(): Place[] {
    return placesOnStack(this.has);
  }

  /**
   * A fresh instance.
   * @throws Refusal; what the modules throw
   */
  instantiate(): Namespace {
    const outlived = this.realm.reset();
    if (outlived !== undefined) this.#operator.refuse(outlived);
    return this.#modules.instantiate(this.#file);
  }
}

/** @returns what is wrong with the exports, in a sentence */
export function wrongExports(exports: Namespace): string | undefined {
  const { tasks, setup, task, invariant, final } = exports;
  if (!Number.isInteger(tasks) || (tasks as number) < 1 || (tasks as number) > mostTasks)
    return `\`tasks\` must be a whole number from 1 to ${mostTasks}`;
  for (const [name, value] of Object.entries({ setup, task }))
    if (typeof value !== 'function') return `it exports no function \`${name}\``;
  for (const [name, value] of Object.entries({ invariant, final }))
    if (value !== undefined && typeof value !== 'function') return `\`${name}\` is no function`;
  for (const [name, value] of Object.entries({ setup, invariant, final }))
    if (value !== undefined && !isSynchronous(value)) return `\`${name}\` has to be an ordinary synchronous function`;
  return undefined;
}

/** Of exports that nothing is wrong with. */
export function partsOf({ tasks, setup, task, invariant, final }: Namespace): Parts {
  return {
    tasks: tasks as number,
    setup: setup as Parts['setup'],
    task: task as Parts['task'],
    ...(typeof invariant === 'function' && { invariant: invariant as NonNullable<Parts['invariant']> }),
    ...(typeof final === 'function' && { final: final as NonNullable<Parts['final']> }),
  };
}
