// Whether what came over the wire is something that a guest can tell. Learner code shares the guest's process, so every byte
// is of unknown intent; what passes here is of the right shape, and true or not it is only ever taken for what the threads
// do.
import { mostText, type Crossing, type Demand } from './guest/membrane.ts';
import type { Opened } from './guest/guest.ts';
import type { Answer, Said, Told } from './guest/replay.ts';
import { elementBytes, type Cell, type ElementType, type Operation, type Place } from './engine/operation.ts';

const mostAhead = 1_000;
const mostPlaces = 100;
const mostDepth = 50;
const changes = new Set(['add', 'sub', 'and', 'or', 'xor', 'exchange', 'store', 'write']);
const demands = new Set(['apply', 'construct', 'get', 'set', 'has']);
const shapes = new Set([...Object.keys(elementBytes), 'DataView']);

/** @param memoryBytes how large memory is */
export function isTold(value: unknown, memoryBytes: number): value is Told {
  if (!isRecord(value)) return false;
  const { said, ahead, checksum, took } = value;
  return (
    isSaid(said, memoryBytes) &&
    Array.isArray(ahead) &&
    ahead.length <= mostAhead &&
    ahead.every(
      (link) =>
        isRecord(link) && isOperation(link.operation, memoryBytes) && arePlaces(link.places) && isResult(link.result),
    ) &&
    Number.isInteger(checksum) &&
    Array.isArray(took) &&
    took.every(Number.isInteger)
  );
}

export function isOpened(value: unknown): value is Opened {
  if (!isRecord(value)) return false;
  switch (value.kind) {
    case 'opened':
      return Array.isArray(value.exports) && value.exports.every(isText);
    case 'refusal':
      return isRefusal(value);
    case 'thrown':
      return isAnswer(value.answer);
    default:
      return false;
  }
}

function isSaid(said: unknown, memoryBytes: number): said is Said {
  if (!isRecord(said)) return false;
  switch (said.kind) {
    case 'operation':
      return isOperation(said.operation, memoryBytes) && arePlaces(said.places);
    case 'checkpoint':
      return isText(said.key) && arePlaces(said.places);
    case 'refusal':
      return isRefusal(said);
    case 'answer':
      return isAnswer(said);
    case 'call':
      return (
        isDemand(said.demand) && Array.isArray(said.args) && said.args.every((arg) => isCrossing(arg, memoryBytes, 0))
      );
    default:
      return false;
  }
}

export function isRefusal({ reason, file, line }: Record<string, unknown>): boolean {
  return isText(reason) && isText(file) && isCount(line);
}

function isAnswer(answer: unknown): answer is Answer {
  if (!isRecord(answer) || answer.kind !== 'answer') return false;
  const { isThrown, value, places } = answer;
  return (
    typeof isThrown === 'boolean' &&
    isCrossing(value, Number.POSITIVE_INFINITY, 0) &&
    (places === undefined || arePlaces(places))
  );
}

function isOperation(operation: unknown, memoryBytes: number): operation is Operation {
  if (!isRecord(operation)) return false;
  const { name, cell } = operation;
  if (!isCell(cell, memoryBytes)) return false;
  const isPlain = name === 'read' || name === 'write';
  // Only integers have atomic accesses, and none of them across the bytes of two elements.
  if (!isPlain && (/Float|Clamped/.test(cell.type) || cell.bigEndian || cell.address % elementBytes[cell.type] !== 0))
    return false;
  const isElement = (value: unknown): boolean =>
    cell.type.startsWith('Big') ? typeof value === 'bigint' : typeof value === 'number';
  switch (name) {
    case 'read':
    case 'load':
      return true;
    case 'compareExchange':
      return isElement(operation.expected) && isElement(operation.value);
    case 'wait': {
      const { timeoutMs } = operation;
      return (
        mayWait(cell) &&
        isElement(operation.value) &&
        (timeoutMs === null || (typeof timeoutMs === 'number' && timeoutMs >= 0))
      );
    }
    case 'notify':
      return mayWait(cell) && (operation.count === null || isCount(operation.count));
    default:
      return changes.has(String(name)) && isElement(operation.value);
  }
}

function mayWait({ type }: Cell): boolean {
  return type === 'Int32Array' || type === 'BigInt64Array';
}

function isCell(cell: unknown, memoryBytes: number): cell is Cell {
  if (!isRecord(cell)) return false;
  const { address, type, bigEndian } = cell;
  if (typeof type !== 'string' || !Object.hasOwn(elementBytes, type)) return false;
  return (
    isCount(address) &&
    address + elementBytes[type as ElementType] <= memoryBytes &&
    (bigEndian === undefined || bigEndian === true)
  );
}

export function isDemand(demand: unknown): demand is Demand {
  if (!Array.isArray(demand)) return false;
  const [kind, number, key] = demand as unknown[];
  return demands.has(String(kind)) && isCount(number) && (key === undefined || isText(key));
}

export function isCrossing(crossing: unknown, memoryBytes: number, depth: number): crossing is Crossing {
  if (crossing === null || crossing === undefined) return true;
  if (typeof crossing === 'string') return isText(crossing);
  if (['boolean', 'number', 'bigint'].includes(typeof crossing)) return true;
  if (!Array.isArray(crossing) || depth > mostDepth) return false;
  const [tag, content, ...rest] = crossing as unknown[];
  const each = (item: unknown): boolean => isCrossing(item, memoryBytes, depth + 1);
  switch (tag) {
    case 'array':
    case 'set':
      return Array.isArray(content) && content.every(each);
    case 'object':
      return (
        Array.isArray(content) &&
        content.every((pair: unknown) => Array.isArray(pair) && pair.length === 2 && isText(pair[0]) && each(pair[1]))
      );
    case 'map':
      return Array.isArray(content) && content.every((pair: unknown) => Array.isArray(pair) && pair.every(each));
    case 'error':
      return isText(content) && rest.every(isText);
    case 'view':
      return isShape(content, memoryBytes);
    case 'buffer':
      return isExtent(content, memoryBytes);
    case 'mine':
      return isCount(content) && typeof rest[0] === 'boolean';
    case 'yours':
      return isCount(content);
    case 'special':
      return isText(content) && isCount(rest[0]) && each(rest[1]);
    default:
      return false;
  }
}

function isShape(shape: unknown, memoryBytes: number): boolean {
  if (!isRecord(shape) || !isExtent(shape.extent, memoryBytes)) return false;
  const { type, byteOffset, length, extent } = shape;
  if (typeof type !== 'string' || !shapes.has(type) || !isCount(byteOffset) || !isCount(length)) return false;
  const bytes = type === 'DataView' ? 1 : elementBytes[type as ElementType];
  return byteOffset % bytes === 0 && byteOffset + length * bytes <= (extent as { byteLength: number }).byteLength;
}

function isExtent(extent: unknown, memoryBytes: number): boolean {
  if (!isRecord(extent)) return false;
  const { base, byteLength } = extent;
  return isCount(base) && isCount(byteLength) && base + byteLength <= memoryBytes;
}

function isResult(result: unknown): boolean {
  return result === undefined || ['number', 'bigint', 'string'].includes(typeof result);
}

export function arePlaces(places: unknown): places is readonly Place[] {
  return Array.isArray(places) && places.length <= mostPlaces && places.every(isPlace);
}

function isPlace(place: unknown): place is Place {
  if (!isRecord(place)) return false;
  return isText(place.file) && isCount(place.line) && isCount(place.column) && isText(place.within);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= mostText;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
