// Programs for tests, written down as short as they can be.
import type { Body, Format, Link, Made, Program, Statement, Value, Way } from '../../runner/drill/program.ts';

export const print = (text: string): Statement => ({ kind: 'print', text });
const body = (parts: readonly (string | Statement)[]): Body =>
  parts.map((part) => (typeof part === 'string' ? print(part) : part));
const later = (way: Way, parts: readonly (string | Statement)[]): Statement => ({
  kind: 'later',
  way,
  body: body(parts),
});

export const tick = (...parts: (string | Statement)[]) => later({ kind: 'nextTick' }, parts);
export const micro = (...parts: (string | Statement)[]) => later({ kind: 'queueMicrotask' }, parts);
export const immediate = (...parts: (string | Statement)[]) => later({ kind: 'setImmediate' }, parts);
export const reading = (...parts: (string | Statement)[]) => later({ kind: 'readFile' }, parts);
export const timeout = (ms: number, ...parts: (string | Statement)[]) => later({ kind: 'setTimeout', ms }, parts);

export const resolved: Value = { kind: 'resolved' };
export const rejected: Value = { kind: 'rejected' };
export const made = (resolve: Made['resolve']): Value => ({ kind: 'made', before: [], resolve, after: [] });
export const thenable = (...parts: (string | Statement)[]): Value => ({ kind: 'thenable', body: body(parts) });
export const call = (name: string): Value => ({ kind: 'call', name });

export const chain = (start: Value, ...links: [Link['kind'], ...(string | Statement)[]][]): Statement => ({
  kind: 'chain',
  start,
  links: links.map(([kind, ...parts]) => ({ kind, body: body(parts) })),
});
export const awaited = (value: Value): Statement => ({ kind: 'await', value });
export const returned = (value: Value): Statement => ({ kind: 'return', value });
export const thrown: Statement = { kind: 'throw' };

/** @param functions bodies of async functions by name */
export function program(
  format: Format,
  parts: readonly (string | Statement)[],
  functions: Readonly<Record<string, readonly (string | Statement)[]>> = {},
): Program {
  return {
    format,
    functions: Object.entries(functions).map(([name, inside]) => ({ name, body: body(inside) })),
    body: body(parts),
  };
}
