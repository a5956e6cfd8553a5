// What was measured, as numbers by the names that a lesson's text uses: `<!-- lost-updates.speed-up -->`. Pure.
import type { Findings } from './analysis.ts';

/**
 * A ratio by its name, what the machine offered to a speed-up by the ratio's name and `-offered`, the median of a
 * variant by its name with hyphens (`one-thread`), in its unit.
 */
export function measuredNumbers({ variants, ratios }: Pick<Findings, 'variants' | 'ratios'>): Record<string, number> {
  const numbers = [
    ...variants.map(({ name, median }) => [hyphenated(name), median] as const),
    ...ratios.map(({ name, median }) => [name, median] as const),
    ...ratios.flatMap(({ name, offered }) => (offered ? [[`${name}-offered`, offered.median] as const] : [])),
  ];
  return Object.fromEntries(numbers);
}

function hyphenated(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
