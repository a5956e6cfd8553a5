import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { heldKey } from '../../runner/terminal/held-key.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Presses the key after each of these times, then waits. */
function pressed(...gaps: number[]): { presses: number; repeats: number } {
  const found = { presses: 0, repeats: 0 };
  const key = heldKey(
    () => Date.now(),
    () => (found.presses += 1),
    () => (found.repeats += 1),
  );
  for (const ms of gaps) {
    vi.advanceTimersByTime(ms);
    key.press();
  }
  vi.advanceTimersByTime(5_000);
  return found;
}

// Keyboards wait before the first repeat, then repeat quickly, for as long as somebody keeps the key down.
const repeats = Array.from({ length: 100 }, () => 33);

test.each([250, 500, 660])(
  'a key that is held down is pressed once, when the first repeat comes after %i ms',
  (delay) => {
    expect(pressed(0, delay, ...repeats)).toEqual({ presses: 1, repeats: 100 });
    expect(pressed(0, delay, ...repeats, 1_200)).toEqual({ presses: 2, repeats: 100 });
  },
);

test('a key that is pressed again within the second is pressed twice', () => {
  expect(pressed(0, 300)).toEqual({ presses: 2, repeats: 0 });
  expect(pressed(0, 900, 400, 2_000)).toEqual({ presses: 4, repeats: 0 });
});

test('nothing is done after the end', () => {
  let presses = 0;
  const key = heldKey(
    () => Date.now(),
    () => (presses += 1),
    () => {},
  );
  key.press();
  vi.advanceTimersByTime(500);
  key.press();
  key.close();
  vi.advanceTimersByTime(5_000);
  expect(presses).toBe(1);
});
