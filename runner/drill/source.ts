// A drill's program as a person would write it, and the line on which each part of it stands. It knows nothing of what
// the program does.
import type { AsyncFunction, Body, Chain, Link, Made, Node, Program, Statement, Value, Way } from './program.ts';

export interface Source {
  readonly text: string;
  /** counted from 1 */
  readonly lineOf: ReadonlyMap<Node, number>;
}

interface Line {
  readonly text: string;
  /** what begins on it */
  readonly nodes: readonly Node[];
}

export function sourceOf(program: Program): Source {
  const main = bodyLines(program.body, program);
  const declared = program.functions.flatMap((one) => [...functionLines(one, program), line('')]);
  const imports = needsFiles([...declared, ...main]) ? [line(importOf(program)), line('')] : [];
  const lines = [...imports, ...declared, ...main];
  return {
    text: lines.map(({ text }) => `${text}\n`).join(''),
    lineOf: new Map(lines.flatMap(({ nodes }, index) => nodes.map((node) => [node, index + 1] as const))),
  };
}

function needsFiles(lines: readonly Line[]): boolean {
  return lines.some(({ text }) => text.includes('readFile('));
}

function importOf({ format }: Program): string {
  return format === 'esm' ? "import { readFile } from 'node:fs';" : "const { readFile } = require('node:fs');";
}

function functionLines(declared: AsyncFunction, program: Program): Line[] {
  return [
    line(`async function ${declared.name}() {`, declared),
    ...indented(bodyLines(declared.body, program)),
    line('}'),
  ];
}

function bodyLines(body: Body, program: Program): Line[] {
  return body.flatMap((statement) => marked(statementLines(statement, program), statement));
}

function statementLines(statement: Statement, program: Program): Line[] {
  switch (statement.kind) {
    case 'print':
      return [line(`${printText(statement.text)};`)];
    case 'later': {
      const [head, tail] = scheduling(statement.way, program);
      return around(head, callbackLines(statement.body, program), `${tail};`);
    }
    case 'chain':
      return around('', chainLines(statement, program), ';');
    case 'await':
      return around('await ', valueLines(statement.value, program), ';');
    case 'return':
      return around('return ', valueLines(statement.value, program), ';');
    case 'throw':
      return [line(`throw ${newError};`)];
    case 'try':
      return [
        line('try {'),
        ...indented(bodyLines(statement.body, program)),
        line('} catch {'),
        ...indented(bodyLines(statement.caught, program)),
        line('}'),
      ];
  }
}

const newError = "new Error('no')";

function printText(text: string): string {
  return `console.log('${text}')`;
}

/** What stands before the callback, and behind it. */
function scheduling(way: Way, { format }: Program): [head: string, tail: string] {
  switch (way.kind) {
    case 'nextTick':
      return ['process.nextTick(', ')'];
    case 'setTimeout':
      return ['setTimeout(', `, ${way.ms})`];
    case 'readFile':
      return [`readFile(${format === 'esm' ? 'import.meta.filename' : '__filename'}, `, ')'];
    case 'queueMicrotask':
    case 'setImmediate':
      return [`${way.kind}(`, ')'];
  }
}

/** A single link stands behind what it hangs on, several below each other. */
function chainLines({ start, links }: Chain, program: Program): Line[] {
  const begin = valueLines(start, program);
  const linked = links.map((link) => linkLines(link, program));
  const [only, second] = linked;
  if (only && !second) return joined(begin, only);
  return [...begin, ...indented(linked.flat())];
}

function linkLines(link: Link, program: Program): Line[] {
  return marked(around(`.${link.kind}(`, callbackLines(link.body, program), ')'), link);
}

function callbackLines(body: Body, program: Program): Line[] {
  const [only, second] = body;
  if (only?.kind === 'print' && !second) return [line(`() => ${printText(only.text)}`, only)];
  return [line('() => {'), ...indented(bodyLines(body, program)), line('}')];
}

function valueLines(value: Value, program: Program): Line[] {
  return marked(unmarkedValueLines(value, program), value);
}

function unmarkedValueLines(value: Value, program: Program): Line[] {
  switch (value.kind) {
    case 'null':
      return [line('null')];
    case 'resolved':
      return [line('Promise.resolve()')];
    case 'rejected':
      return [line(`Promise.reject(${newError})`)];
    case 'call':
      return [line(`${value.name}()`)];
    case 'thenable':
      return [
        line('{'),
        ...indented([
          line('then(resolve) {'),
          ...indented([...bodyLines(value.body, program), line('resolve();')]),
          line('},'),
        ]),
        line('}'),
      ];
    case 'made':
      return madeLines(value, program);
  }
}

function madeLines({ before, resolve, after }: Made, program: Program): Line[] {
  const resolving = resolveLines(resolve, program);
  if (before.length + after.length === 0 && resolving.length === 1)
    return around('new Promise((resolve) => ', resolving, ')');
  const inside = [...bodyLines(before, program), ...around('', resolving, ';'), ...bodyLines(after, program)];
  return [line('new Promise((resolve) => {'), ...indented(inside), line('})')];
}

function resolveLines(resolve: Made['resolve'], program: Program): Line[] {
  if (resolve.kind === 'now')
    return resolve.value ? around('resolve(', valueLines(resolve.value, program), ')') : [line('resolve()')];
  const [head, tail] = scheduling(resolve, program);
  return [line(`${head}resolve${tail}`)];
}

function line(text: string, ...nodes: readonly Node[]): Line {
  return { text, nodes };
}

function indented(lines: readonly Line[]): Line[] {
  return lines.map(({ text, nodes }) => ({ text: text === '' ? '' : `  ${text}`, nodes }));
}

/** Something before the first line, something behind the last. */
function around(head: string, lines: readonly Line[], tail: string): Line[] {
  return lines.map(({ text, nodes }, index) => ({
    text: `${index === 0 ? head : ''}${text}${index === lines.length - 1 ? tail : ''}`,
    nodes,
  }));
}

/** The second text goes on in the last line of the first. */
function joined(first: readonly Line[], second: readonly Line[]): Line[] {
  const [last, next] = [first.at(-1), second[0]];
  if (!last || !next) return [...first, ...second];
  return [
    ...first.slice(0, -1),
    { text: last.text + next.text, nodes: [...last.nodes, ...next.nodes] },
    ...second.slice(1),
  ];
}

function marked(lines: readonly Line[], node: Node): Line[] {
  return lines.map((each, index) => (index === 0 ? { text: each.text, nodes: [node, ...each.nodes] } : each));
}
