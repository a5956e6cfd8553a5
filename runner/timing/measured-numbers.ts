// What was measured, as numbers by the names that a lesson's text uses: `<!-- lost-updates.speed-up -->`. Pure.
import type { Findings } from './analysis.ts';
import type { SerialShare } from './serial-share.ts';

/**
 * A ratio by its name, what the machine offered to a speed-up by the ratio's name and `-offered`, the median of a
 * variant by its name with hyphens (`one-thread`), in its unit; of a curve what cannot be divided, in percent, by the way
 * and `-serial`, where it can be told.
 */
export function measuredNumbers({
  variants,
  ratios,
  curve,
}: Pick<Findings, 'variants' | 'ratios' | 'curve'>): Record<string, number> {
  const numbers = [
    ...variants.map(({ name, median }) => [hyphenated(name), median] as const),
    ...ratios.map(({ name, median }) => [name, median] as const),
    ...(curve?.ways ?? []).map(({ name, serialShare }) => [`${name}-serial`, serialPercent(serialShare)] as const),
    ...ratios.flatMap(({ name, offered }) => (offered ? [[`${name}-offered`, offered.median] as const] : [])),
  ];
  return Object.fromEntries(numbers.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

function serialPercent({ estimate, untold }: SerialShare): number | undefined {
  return estimate && untold === undefined ? estimate.median * 100 : undefined;
}

function hyphenated(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
