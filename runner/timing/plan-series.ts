// Which variants take turns in the same rounds, and the plan of a machine that lacks some of them. Pure.
import { type DemoPlan, type PlannedRatio, type PlannedSeries, type PlannedVariant, msUnit } from './plan.ts';

/**
 * Each comparison is a series of its own, so that its pairs are close together, and so is each variant that is in none.
 * With Python all that is timed is one series: then the languages are compared in the same rounds, too.
 */
export function planSeries(variants: readonly PlannedVariant[], ratios: readonly PlannedRatio[]): PlannedSeries[] {
  const together = variants.some(({ inPython }) => inPython)
    ? variants.filter(({ unit }) => unit === msUnit).map(({ name }) => name)
    : [];
  const isTogether = ({ of }: PlannedRatio) => together.includes(of);
  const apart = ratios.filter((ratio) => !isTogether(ratio));
  const placed = new Set([...together, ...apart.flatMap(({ of, over }) => [of, over])]);
  return [
    ...(together.length > 0 ? [{ variants: together, ratios: ratios.filter(isTogether).map(({ name }) => name) }] : []),
    ...apart.map(({ name, of, over }) => ({ variants: [of, over], ratios: [name] })),
    ...variants.filter(({ name }) => !placed.has(name)).map(({ name }) => ({ variants: [name], ratios: [] })),
  ];
}

/** The plan without some variants, and without what is said about them. */
export function planWithout(plan: DemoPlan, isLeftOut: (variant: PlannedVariant) => boolean): DemoPlan {
  const variants = plan.variants.filter((variant) => !isLeftOut(variant));
  const isThere = (wanted: string) => variants.some(({ name }) => name === wanted);
  const ratios = plan.ratios.filter(({ of, over }) => isThere(of) && isThere(over));
  const claims = plan.claims.filter(({ ratio, variant }) =>
    ratio === undefined ? isThere(variant ?? '') : ratios.some(({ name }) => name === ratio),
  );
  const keeps = plan.keeps?.filter(({ variant }) => isThere(variant));
  return { ...plan, variants, ratios, claims, series: planSeries(variants, ratios), ...(keeps ? { keeps } : {}) };
}
