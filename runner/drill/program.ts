// A drill's program as data: a small tree of what such programs are made of. It knows neither how it is written down
// (source.ts) nor what it does (interpreter.ts).

/** `esm` runs its main script inside of a microtask, `cjs` does not. */
export type Format = 'cjs' | 'esm';

export interface Program {
  readonly format: Format;
  /** async functions; each is called once */
  readonly functions: readonly AsyncFunction[];
  readonly body: Body;
}

export interface AsyncFunction {
  readonly name: string;
  readonly body: Body;
}

export type Body = readonly Statement[];

export type Statement = Print | Later | Chain | Await | Return | Throw | Try;

export interface Print {
  readonly kind: 'print';
  readonly text: string;
}

/** Which of the loop's ways to run something later. */
export type Way =
  | { readonly kind: 'nextTick' | 'queueMicrotask' | 'setImmediate' | 'readFile' }
  | { readonly kind: 'setTimeout'; readonly ms: number };

/** `setTimeout(() => { ... }, 0)` */
export interface Later {
  readonly kind: 'later';
  readonly way: Way;
  readonly body: Body;
}

/** `Promise.resolve().then(() => { ... })`; without links an async function that is only called. */
export interface Chain {
  readonly kind: 'chain';
  readonly start: Value;
  readonly links: readonly Link[];
}

export interface Link {
  readonly kind: 'then' | 'catch' | 'finally';
  readonly body: Body;
}

/** In an async function, or at the top of an ES module. */
export interface Await {
  readonly kind: 'await';
  readonly value: Value;
}

/** At the end of a link's callback or of an async function. */
export interface Return {
  readonly kind: 'return';
  readonly value: Value;
}

export interface Throw {
  readonly kind: 'throw';
}

export interface Try {
  readonly kind: 'try';
  readonly body: Body;
  readonly caught: Body;
}

export type Value =
  | { readonly kind: 'null' }
  | { readonly kind: 'resolved' }
  | { readonly kind: 'rejected' }
  | Made
  | Thenable
  | Call;

/** `new Promise((resolve) => { ...; resolve(value); ... })`, or one that the loop resolves later. */
export interface Made {
  readonly kind: 'made';
  readonly before: Body;
  readonly resolve: { readonly kind: 'now'; readonly value?: Value } | Way;
  readonly after: Body;
}

/** An object that is no promise and has a `then`: it does something, and resolves at once. */
export interface Thenable {
  readonly kind: 'thenable';
  readonly body: Body;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
}

/** What a program is made of, however deep it lies; each before what is in it, in the order of the source text. */
export type Node = Statement | Link | Value | AsyncFunction;

export function* nodesOf(program: Program): Generator<{ readonly node: Node; readonly depth: number }> {
  for (const declared of program.functions) {
    yield { node: declared, depth: 0 };
    yield* nodesOfBody(declared.body, 1);
  }
  yield* nodesOfBody(program.body, 0);
}

function* nodesOfBody(body: Body, depth: number): Generator<{ node: Node; depth: number }> {
  for (const statement of body) {
    yield { node: statement, depth };
    switch (statement.kind) {
      case 'later':
        yield* nodesOfBody(statement.body, depth + 1);
        break;
      case 'chain':
        yield* nodesOfValue(statement.start, depth);
        for (const link of statement.links) {
          yield { node: link, depth };
          yield* nodesOfBody(link.body, depth + 1);
        }
        break;
      case 'await':
      case 'return':
        yield* nodesOfValue(statement.value, depth);
        break;
      case 'try':
        yield* nodesOfBody(statement.body, depth);
        yield* nodesOfBody(statement.caught, depth);
        break;
      case 'print':
      case 'throw':
    }
  }
}

function* nodesOfValue(value: Value, depth: number): Generator<{ node: Node; depth: number }> {
  yield { node: value, depth };
  if (value.kind === 'thenable') yield* nodesOfBody(value.body, depth + 1);
  if (value.kind !== 'made') return;
  yield* nodesOfBody(value.before, depth + 1);
  if (value.resolve.kind === 'now' && value.resolve.value) yield* nodesOfValue(value.resolve.value, depth + 1);
  yield* nodesOfBody(value.after, depth + 1);
}

/** What a program prints, in the order of its source text. */
export function printsOf(program: Program): Print[] {
  return [...nodesOf(program)].flatMap(({ node }) => ('kind' in node && node.kind === 'print' ? [node] : []));
}
