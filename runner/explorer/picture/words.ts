// What happens in a step, in a few words: the operation, the cell as the scenario calls it, what was there and what is there
// now. Pure; it knows nothing of how a picture is laid out.
import { basename } from 'node:path';
import { escapeLine } from '../../terminal/escape.ts';
import { isWrite, type Cell, type Operation, type Place, type Value } from '../engine/operation.ts';
import type { MemoryModel } from '../engine/memories.ts';
import type { Step } from '../engine/verdict.ts';

/** What a cell is called: `counter[0]`. */
export type NameOf = (cell: Cell) => string;

/** `load counter[0]: 0`, `store counter[0]: 0 -> 1`, `wait lock[0]: is 1, sleeps`. */
export function stepWords(step: Step, nameOf: NameOf, memory: MemoryModel = 'sc'): string {
  const { kind, operation, result, before, after, sleeps, woken } = step;
  const cell = cellText(operation, nameOf);
  if (kind === 'expiry') return `wait ${cell}: its time is up`;
  if (kind === 'drain') return `arrives: ${cell}: ${valueText(before)} -> ${valueText(after)}`;
  const what = `${operation.name} ${cell}:`;
  if (memory === 'tso' && operation.name === 'write') return `${what} ${valueText(after)}, on its way`;
  switch (operation.name) {
    case 'read':
    case 'load':
      return `${what} ${valueText(result as Value)}`;
    case 'wait':
      if (sleeps) return `${what} is ${valueText(before)}, sleeps`;
      return result === 'timed-out'
        ? `${what} its time is up`
        : `${what} is ${valueText(before)}, not ${valueText(operation.value)}`;
    case 'notify':
      return `${what} wakes ${woken.length === 0 ? 'nobody' : threadsText(woken)}`;
    case 'compareExchange':
      return before === operation.expected
        ? `${what} ${valueText(before)} -> ${valueText(after)}`
        : `${what} is ${valueText(before)}, not ${valueText(operation.expected)}`;
    default:
      return `${what} ${valueText(before)} -> ${valueText(after)}`;
  }
}

/** What a thread is about to do: `write counter[0] = 1`. */
export function intentWords(operation: Operation, nameOf: NameOf): string {
  const what = `${operation.name} ${cellText(operation, nameOf)}`;
  switch (operation.name) {
    case 'write':
    case 'store':
    case 'exchange':
      return `${what} = ${valueText(operation.value)}`;
    case 'compareExchange':
      return `${what}: ${valueText(operation.expected)} -> ${valueText(operation.value)}?`;
    case 'wait':
      return `${what} while it is ${valueText(operation.value)}`;
    case 'read':
    case 'load':
      return what;
    case 'notify':
      return `${what}${operation.count === null ? ', all' : `, ${operation.count}`}`;
    default:
      return `${what} by ${valueText(operation.value)}`;
  }
}

export function cellText({ cell }: Operation, nameOf: NameOf): string {
  return escapeLine(nameOf(cell));
}

export function valueText(value: Value): string {
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** `thread 1`, `threads 1 and 2`, `threads 0, 1 and 2`. */
export function threadsText(threads: readonly number[]): string {
  if (threads.length === 1) return `thread ${threads[0]}`;
  return `threads ${threads.slice(0, -1).join(', ')} and ${threads.at(-1)}`;
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** `counter.ts:14`, or '' where nothing is known. */
export function placeText(place: Place | undefined): string {
  return place ? escapeLine(`${basename(place.file)}:${place.line}`) : '';
}

/** Whether a step put another value into its cell. */
export function doesChange({ operation, before, after, kind }: Step): boolean {
  return (kind === 'drain' || isWrite(operation)) && !Object.is(before, after);
}

/** As the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
