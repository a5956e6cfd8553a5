// Small programs of threads as data, and as the text of a scenario: the same program for a search of another make and for the
// explorer.

/** A constant, or a local variable's value. */
export type Operand = number | Local;
export type Local = 'a' | 'b' | 'c';
export const locals: readonly Local[] = ['a', 'b', 'c'];

/** One access of a cell; `into` takes what it gives back. */
export interface Access {
  readonly do: 'read' | 'write' | 'load' | 'store' | 'add' | 'exchange' | 'compareExchange' | 'wait' | 'notify';
  readonly cell: number;
  /** of a notify: how many */
  readonly value: Operand;
  readonly expected: Operand;
  readonly isTimed: boolean;
  readonly into: Local;
}

export type Statement =
  | Access
  | { readonly do: 'let'; readonly into: Local; readonly be: Operand }
  /** the greater of the two */
  | { readonly do: 'raise'; readonly into: Local; readonly to: Local }
  /** one more, 0 after 2 */
  | { readonly do: 'count'; readonly into: Local }
  | { readonly do: 'if'; readonly local: Local; readonly is: number; readonly body: readonly Statement[] }
  | { readonly do: 'throw'; readonly local: Local; readonly is: number }
  | { readonly do: 'repeat'; readonly times: number; readonly body: readonly Statement[] }
  /** again and again until what the access gives is, or is not, a number */
  | {
      readonly do: 'until';
      readonly access: Access;
      readonly isEqual: boolean;
      readonly is: number;
      readonly body: readonly Statement[];
    };

/** Cells that hold these numbers all at once. */
export type Pattern = readonly { readonly cell: number; readonly is: number }[];

export interface SmallProgram {
  readonly cells: readonly number[];
  readonly threads: readonly (readonly Statement[])[];
  /** must never be; empty: nothing is checked */
  readonly never: Pattern;
  /** must not be at the end */
  readonly notAtTheEnd: Pattern;
}

export const waitResults = ['ok', 'not-equal', 'timed-out'] as const;

export function scenarioText({ cells, threads, never, notAtTheEnd }: SmallProgram): string {
  return [
    `import { i32 } from 'interleave/kit/scenario';`,
    `export const threads = ${threads.length};`,
    `export function setup() {`,
    `  const m = i32(${cells.length});`,
    `  m.set([${cells.join(', ')}]);`,
    `  return { m };`,
    `}`,
    `export function thread(id: number, { m }: { m: Int32Array }): void {`,
    `  let a = 0, b = 0, c = 0;`,
    `  switch (id) {`,
    ...threads.flatMap((statements, id) => [
      `    case ${id}:`,
      ...statements.flatMap((statement) => textOf(statement, '      ')),
      `      break;`,
    ]),
    `  }`,
    `}`,
    ...checkText('invariant', never),
    ...checkText('final', notAtTheEnd),
    '',
  ].join('\n');
}

function checkText(name: string, pattern: Pattern): string[] {
  if (pattern.length === 0) return [];
  const is = pattern.map(({ cell, is }) => `m[${cell}] === ${is}`).join(' && ');
  return [`export function ${name}({ m }: { m: Int32Array }): boolean {`, `  return !(${is});`, `}`];
}

function textOf(statement: Statement, indent: string): string[] {
  const inside = (body: readonly Statement[]): string[] => body.flatMap((inner) => textOf(inner, `${indent}  `));
  switch (statement.do) {
    case 'let':
      return [`${indent}${statement.into} = ${statement.be};`];
    case 'raise':
      return [`${indent}${statement.into} = Math.max(${statement.into}, ${statement.to});`];
    case 'count':
      return [`${indent}${statement.into} = (${statement.into} + 1) % 3;`];
    case 'if':
      return [`${indent}if (${statement.local} === ${statement.is}) {`, ...inside(statement.body), `${indent}}`];
    case 'throw':
      return [`${indent}if (${statement.local} === ${statement.is}) throw new Error('thrown');`];
    case 'repeat':
      return [`${indent}for (let i = 0; i < ${statement.times}; i++) {`, ...inside(statement.body), `${indent}}`];
    case 'until': {
      const { access, isEqual, is, body } = statement;
      const goesOn = isEqual ? '!==' : '===';
      return [`${indent}while ((${accessText(access)}) ${goesOn} ${is}) {`, ...inside(body), `${indent}}`];
    }
    default:
      return [`${indent}${accessText(statement)};`];
  }
}

function accessText({ do: name, cell, value, expected, isTimed, into }: Access): string {
  switch (name) {
    case 'read':
      return `${into} = m[${cell}]!`;
    case 'write':
      return `m[${cell}] = ${value}`;
    case 'load':
      return `${into} = Atomics.load(m, ${cell})`;
    case 'store':
      return `Atomics.store(m, ${cell}, ${value})`;
    case 'compareExchange':
      return `${into} = Atomics.compareExchange(m, ${cell}, ${expected}, ${value})`;
    case 'wait': {
      const call = `Atomics.wait(m, ${cell}, ${value}${isTimed ? ', 10' : ''})`;
      return `${into} = ${JSON.stringify(waitResults)}.indexOf(${call})`;
    }
    default:
      return `${into} = Atomics.${name}(m, ${cell}, ${value})`;
  }
}
