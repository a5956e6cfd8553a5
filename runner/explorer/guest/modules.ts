// The modules of a scenario: read, stripped of their types and lowered once, made anew for each run. A run of a thread must
// not find what an earlier run left in a variable of a module, and two threads have no variable of a module in common, as
// two workers have none.
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFunction, type Context } from 'node:vm';
import type { Place } from '../engine/operation.ts';
import { intruder, lower, Unlowerable, type Insertion, type Request } from './lower.ts';

/** A module of another kind: one of Node's, the kit's, or what stands for a module that is elsewhere. */
export type Namespace = Readonly<Record<string, unknown>>;

/** What cannot be explored, and where it stands. */
export class Refusal extends Error {
  override name = 'Refusal';
  /** absolute; '' when there is no place to name */
  readonly file: string;
  readonly line: number;

  constructor(reason: string, file: string, line: number) {
    super(reason);
    this.file = file;
    this.line = line;
  }
}

/** What the code of the modules meets where it is run. */
export interface Surroundings {
  /** the realm that it is compiled in; without one, this one */
  readonly realm?: Context;
  /** the folder that all of its files lie in; without one they may lie anywhere */
  readonly within?: string;
  /** what the code does cannot be explored; without it, a Refusal is thrown */
  refuse?(reason: string): never;
  /** called first in each handler of exceptions: it throws where the run has ended already */
  pass(): void;
  /** what an import gives that does not name a file beside the importer; undefined: it cannot be had */
  elsewhere(specifier: string, importer: string): Namespace | undefined;
  /** names that are there without an import, below those of the module itself; an object without a prototype */
  readonly ambient?: Readonly<Record<string, unknown>>;
  /** what stands for a file; undefined: the file itself */
  standIn(file: string): Namespace | undefined;
}

interface Compiled {
  readonly file: string;
  readonly evaluate: (...args: unknown[]) => () => void;
  readonly insertions: readonly Insertion[];
  /** `target` is a file, absolute, or what was found elsewhere */
  readonly requests: readonly (Request & { readonly target: string | Namespace })[];
}

const extensions = new Set(['.ts', '.mts', '.js', '.mjs', '.cts', '.cjs']);

export class Modules {
  readonly #surroundings: Surroundings;
  readonly #compiled = new Map<string, Compiled>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** The files that were read so far, absolute. */
  get files(): readonly string[] {
    return [...this.#compiled.keys()];
  }

  /** The place in the source of a place in what runs. */
  original(place: Place): Place {
    let { column } = place;
    for (const insertion of this.#compiled.get(place.file)?.insertions ?? [])
      if (insertion.line === place.line && insertion.column < column)
        column = Math.max(insertion.column, column - insertion.length);
    return { ...place, column };
  }

  has(file: string): boolean {
    return this.#compiled.has(file);
  }

  /**
   * Makes a fresh instance of a module and of all that it imports.
   * @throws Refusal; what the modules themselves throw
   */
  instantiate(file: string): Namespace {
    return this.#instance(this.#load(file), new Map());
  }

  #instance(module: Compiled, instances: Map<string, Namespace>): Namespace {
    const known = instances.get(module.file);
    if (known) return known;
    const namespace: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    // Before it is evaluated: of two modules that import each other, one meets the other unfinished.
    instances.set(module.file, namespace);
    const scope = Object.create(this.#surroundings.ambient ?? null) as Record<string, unknown>;
    for (const request of module.requests) {
      const { target, imports, reexports } = request;
      const other = this.#target(target, instances);
      const has = (name: string): boolean => name === '*' || name in other || isUnfinished(target, instances);
      for (const [local, name] of imports) {
        if (!has(name)) throw missing(module.file, request, name);
        define(scope, local, name === '*' ? () => other : () => other[name]);
      }
      for (const [as, name] of reexports) {
        if (as === '*') for (const each of Object.keys(other)) define(namespace, each, () => other[each]);
        else if (!has(name)) throw missing(module.file, request, name);
        else define(namespace, as, name === '*' ? () => other : () => other[name]);
      }
    }
    const evaluate = module.evaluate(
      scope,
      { pass: this.#surroundings.pass, bare: (called: unknown) => called },
      (getters: Record<string, () => unknown>) => {
        for (const [name, getter] of Object.entries(getters)) define(namespace, name, getter);
      },
      () => {
        const reason = 'import() cannot be explored: import it at the top of the file';
        this.#surroundings.refuse?.(reason);
        throw new Refusal(reason, module.file, 0);
      },
      { url: pathToFileURL(module.file).href, filename: module.file, dirname: dirname(module.file) },
    );
    evaluate();
    return namespace;
  }

  #target(target: string | Namespace, instances: Map<string, Namespace>): Namespace {
    if (typeof target !== 'string') return target;
    // What stands for a file may be another thing in each run.
    return this.#surroundings.standIn(target) ?? this.#instance(this.#load(target), instances);
  }

  #load(file: string): Compiled {
    const known = this.#compiled.get(file);
    if (known) return known;
    const lowered = this.#lowered(file);
    const exported = [...lowered.exports].map(([name, local]) => `${JSON.stringify(name)}: () => ${local}`).join(', ');
    // Strict code within a scope of getters: an imported name is looked up each time that it is used, as it has to be.
    const head = `with ($scope) { return function () { 'use strict'; $export({ ${exported} }); `;
    const compiled: Compiled = {
      file,
      evaluate: compileFunction(
        `${head}${lowered.body}\n} }`,
        ['$scope', intruder, '$export', '$imprt', '$importmeta'],
        {
          filename: file,
          columnOffset: -head.length,
          ...(this.#surroundings.realm && { parsingContext: this.#surroundings.realm }),
        },
      ) as Compiled['evaluate'],
      insertions: lowered.insertions,
      requests: lowered.requests.map((request) => ({ ...request, target: this.#resolve(request, file) })),
    };
    this.#compiled.set(file, compiled);
    return compiled;
  }

  #lowered(file: string): ReturnType<typeof lower> {
    let source: string;
    try {
      source = readFileSync(file, 'utf8');
    } catch (error) {
      throw new Refusal(`the file cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`, file, 0);
    }
    try {
      return lower(/\.[mc]?ts$/.test(file) ? stripTypeScriptTypes(source) : source);
    } catch (error) {
      throw asRefusal(error, file);
    }
  }

  #resolve({ specifier, line }: Request, importer: string): string | Namespace {
    const isFile = /^(\.{1,2}\/|\/|file:)/.test(specifier);
    if (!isFile) {
      const namespace = this.#surroundings.elsewhere(specifier, importer);
      if (namespace) return namespace;
      throw new Refusal(`"${specifier}" cannot be imported by code that is explored`, importer, line);
    }
    const file = specifier.startsWith('file:') ? fileURLToPath(specifier) : resolve(dirname(importer), specifier);
    const { within } = this.#surroundings;
    if (within !== undefined && !file.startsWith(`${within}/`))
      throw new Refusal(`"${specifier}" is none of the files that are explored`, importer, line);
    if (!extensions.has(extname(file)))
      throw new Refusal(`"${specifier}" is no file of JavaScript or TypeScript`, importer, line);
    return file;
  }
}

function isUnfinished(target: string | Namespace, instances: ReadonlyMap<string, Namespace>): boolean {
  return typeof target === 'string' && Object.keys(instances.get(target) ?? {}).length === 0;
}

function missing(file: string, { specifier, line }: Request, name: string): Refusal {
  return new Refusal(`"${specifier}" exports nothing named ${name}`, file, line);
}

function define(target: object, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
}

function asRefusal(error: unknown, file: string): unknown {
  if (error instanceof Unlowerable) return new Refusal(error.message, file, error.line);
  const { code, message, loc, stack } = error as Error & { code?: string; loc?: { line: number } };
  // The stripper puts the place into the first line of its stack: `file:3`.
  const line = loc?.line ?? Number(/^[^\n]*:(\d+)\s*\n/.exec(stack ?? '')?.[1] ?? 0);
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
    return new Refusal(`code that is explored has only types that can be taken out: ${message}`, file, line);
  if (error instanceof SyntaxError || code === 'ERR_INVALID_TYPESCRIPT_SYNTAX')
    return new Refusal(`it does not parse: ${message.replace(/ \(\d+:\d+\)$/, '')}`, file, line);
  return new Refusal(`it does not parse: ${message}`, file, 0);
}
