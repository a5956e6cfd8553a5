import { expect, test } from 'vitest';
import { heldKey } from '../../runner/terminal/held-key.ts';

test('a key that is held down is pressed once, and again only after it was let go', () => {
  let now = 5_000_000;
  const isHeld = heldKey(() => now);
  const after = (ms: number): boolean => {
    now += ms;
    return isHeld();
  };
  expect(after(0)).toBe(false);
  // Keyboards wait before the first repeat, then repeat quickly, for as long as somebody keeps the key down.
  expect([660, ...Array.from({ length: 100 }, () => 33)].map(after)).not.toContain(false);
  expect(after(1_200)).toBe(false);
});
