// What a thread does next, in a word.
import type { Crossing } from '../guest/membrane.ts';
import type { Operation } from './operation.ts';

/** What a thread does next. */
export type Next =
  | { readonly kind: 'operation'; readonly operation: Operation }
  | { readonly kind: 'ended' }
  | {
      readonly kind: 'threw';
      readonly name: string;
      readonly message: string;
      readonly isAssertion: boolean;
    }
  /** it goes on without touching memory */
  | { readonly kind: 'hung' }
  | { readonly kind: 'refused'; readonly reason: string; readonly file: string; readonly line: number }
  /** a limit of the search: what it does next is not looked at */
  | { readonly kind: 'cut' };

/** What cannot be explored, at a place that is not known. */
export function refused(reason: string): Next {
  return { kind: 'refused', reason, file: '', line: 0 };
}

/** A thread that has returned. */
export function ended(value: Crossing): Next {
  // What it returned stays with it, unless it is data.
  if (!Array.isArray(value) || value[0] !== 'mine') return { kind: 'ended' };
  return refused(
    'thread() returns a promise or an iterator: only ordinary synchronous code can be explored as a thread',
  );
}

/** A thread that has thrown. */
export function thrown(value: Crossing): Next {
  if (!Array.isArray(value) || value[0] !== 'error')
    return { kind: 'threw', name: 'thrown', message: textOf(value), isAssertion: false };
  const [, name, message, code] = value as readonly ['error', string, string, string];
  return { kind: 'threw', name, message, isAssertion: name === 'AssertionError' || code === 'ERR_ASSERTION' };
}

function textOf(value: Crossing): string {
  if (!Array.isArray(value)) return typeof value === 'object' ? 'null' : String(value);
  const [tag, content] = value as readonly [string, unknown];
  const spelled = JSON.stringify(content, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  return tag === 'object' ? `an object with ${spelled}` : `${tag} ${spelled}`;
}
