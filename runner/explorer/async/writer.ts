// What is written down of a run that is to be shown: which line called what, with which values. This costs more than the run
// itself, so it is done only for the order that is shown.
import { inspect } from 'node:util';
import { isNativeError } from 'node:util/types';
import type { Place } from '../engine/operation.ts';
import { attempted } from '../thrown-text.ts';
import type { Writer } from './operations.ts';

const mostCharacters = 80;
/** Deeper than this nobody looks for an operation in what `setup` returned. */
const mostDepth = 4;

export interface Gave {
  readonly text: string;
  readonly isThrown: boolean;
}

export class RunWriter implements Writer {
  readonly places: () => Place[];
  /** Nobody hears what effects give from now on: it is known that what follows does not come back. */
  keepsQuiet = false;
  readonly #names: () => ReadonlyMap<object, string>;
  #gave: Gave | undefined;

  /** @param names what the author calls the operations */
  constructor(places: () => Place[], names: () => ReadonlyMap<object, string>) {
    this.places = places;
    this.#names = names;
  }

  call(operation: object, args: readonly unknown[]): string {
    return shortened(`${this.#names().get(operation) ?? 'operation'}(${args.map(shown).join(', ')})`);
  }

  gave(value: unknown, isThrown: boolean): boolean {
    this.#gave = { text: shortened(shown(value)), isThrown };
    return !this.keepsQuiet;
  }

  /** What the effect gave that came since this was asked last. */
  takeGave(): Gave | undefined {
    const gave = this.#gave;
    this.#gave = undefined;
    return gave;
  }
}

/** The paths of the operations in what `setup` returned: `store.read`. */
export function operationNames(shared: unknown, isOperation: (value: object) => boolean): Map<object, string> {
  const names = new Map<object, string>();
  const seen = new Set<object>();
  const visit = (value: unknown, path: string, depth: number): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
    seen.add(value);
    if (isOperation(value)) return void names.set(value, path || 'operation');
    if (depth === mostDepth) return;
    // A proxy may have something against it.
    const properties: PropertyDescriptorMap = attempted(() => Object.getOwnPropertyDescriptors(value)) ?? {};
    for (const [key, property] of Object.entries(properties))
      if ('value' in property) visit(property.value, path ? `${path}.${key}` : key, depth + 1);
  };
  visit(shared, '', 0);
  return names;
}

function shown(value: unknown): string {
  if (isNativeError(value)) return attempted(() => `${String(value.name)}: ${value.message}`) ?? 'an error';
  return inspect(value, {
    depth: 2,
    maxArrayLength: 10,
    maxStringLength: 40,
    breakLength: Number.POSITIVE_INFINITY,
    customInspect: false,
  });
}

function shortened(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;
}
