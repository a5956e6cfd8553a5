// Numbers as they are read: no more digits than are known. Pure.
import type { Estimate } from './statistics.ts';

/** Each is a thousand of the one before. */
const scales: Readonly<Record<string, readonly [first: number, ...names: string[]]>> = {
  ms: [1e-6, 'ns', 'us', 'ms', 's'],
  bytes: [1, 'B', 'KB', 'MB', 'GB'],
};

/** `41.2 ms`, `7.80 MB`, `19 ticks`. */
export function quantity(value: number, unit: string): string {
  const { factor, name } = scaleFor(value, unit);
  return `${numberOf(value / factor, unit)} ${name}`;
}

/** `40.9 to 41.5 ms`: both ends in one unit. */
export function quantityRange({ low, high }: Pick<Estimate, 'low' | 'high'>, unit: string): string {
  const { factor, name } = scaleFor(high, unit);
  return `${numberOf(low / factor, unit)} to ${numberOf(high / factor, unit)} ${name}`;
}

/** The bounds of a claim: `between 7.4 and 8.2 MB`, `above 10`, `below 10`. @param unit none for a ratio */
export function boundsWords([from, to]: readonly [number, number], unit = ''): string {
  const { factor, name } = scaleFor(Number.isFinite(to) ? to : from, unit);
  const [low, high] = [asWritten(from / factor), asWritten(to / factor)];
  const words = to === Infinity ? `above ${low}` : from <= 0 ? `below ${high}` : `between ${low} and ${high}`;
  return `${words} ${name}`.trimEnd();
}

/** What is counted is whole. */
function numberOf(value: number, unit: string): string {
  return !Object.hasOwn(scales, unit) && Number.isInteger(value) ? asWritten(value) : digits(value);
}

/** Three digits that count, from 0.1 on at most two behind the point: `1.93`, `38.7`, `240`, `18,300`, `0.051`. */
export function digits(value: number): string {
  if (value === 0) return '0';
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -1) return String(Number(value.toPrecision(2)));
  const decimals = Math.max(0, Math.min(2, 2 - size));
  const rounded = size >= 3 ? Number(value.toPrecision(3)) : value;
  return rounded.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** As somebody wrote it: `10`, `1.79`, `57,000`. */
function asWritten(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 6 });
}

/** One digit that counts: `about 200,000`. */
export function roughly(value: number): string {
  return `about ${Number(value.toPrecision(1)).toLocaleString('en', { maximumSignificantDigits: 1 })}`;
}

function scaleFor(value: number, unit: string): { factor: number; name: string } {
  const scale = Object.hasOwn(scales, unit) ? scales[unit] : undefined;
  if (!scale) return { factor: 1, name: unit };
  const [first, ...names] = scale;
  // 999.5 is shown as 1,000 of the smaller one, which is 1 of the next.
  const step = value > 0 ? Math.floor(Math.log10((value * 1.0005) / first) / 3) : 0;
  const index = Math.min(Math.max(step, 0), names.length - 1);
  return { factor: first * 1_000 ** index, name: names[index] ?? unit };
}
