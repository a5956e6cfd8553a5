// The comments that mean something in a lesson: `<!-- demo NAME -->`, `<!-- when DEMO.NUMBER < 1.2 -->`, `<!-- end -->`,
// and around a measured number `<!-- DEMO.NUMBER -->39<!-- / -->`. It knows nothing of where they may stand.
import type { Condition } from './lesson-blocks.ts';

export type Mark =
  | { readonly kind: 'demo'; readonly name: string }
  | { readonly kind: 'when'; readonly condition: Condition }
  | { readonly kind: 'end' | 'number-end' }
  /** `name` with its demo, `lost-updates.ratio` */
  | { readonly kind: 'number'; readonly name: string };

const number = String.raw`[a-z0-9-]+\.[A-Za-z][\w-]*`;
const demoMark = /^demo\s+([a-z0-9-]+)$/;
const whenMark = new RegExp(String.raw`^when\s+(${number})\s*(<=|<|>=|>)\s*(-?\d+(?:\.\d+)?)$`);
const numberMark = new RegExp(`^${number}$`);

/** What to write, for messages. */
export const knownMarks =
  'demo NAME; DEMO.NUMBER and / around a recorded number; when DEMO.NUMBER < 1.2 (or <=, >, >=) and end around prose';

/**
 * @param html one comment and nothing else
 * @returns undefined when it is no comment, or one that means nothing
 */
export function parseMark(html: string): Mark | undefined {
  const text = /^<!--\s*([^]*?)\s*-->$/.exec(html.trim())?.[1];
  if (text === undefined) return undefined;
  if (text === '/') return { kind: 'number-end' };
  if (text === 'end') return { kind: 'end' };
  const demo = demoMark.exec(text)?.[1];
  if (demo !== undefined) return { kind: 'demo', name: demo };
  const [, name, comparison, bound] = whenMark.exec(text) ?? [];
  if (name !== undefined)
    return {
      kind: 'when',
      condition: { name, comparison: comparison as Condition['comparison'], bound: Number(bound) },
    };
  return numberMark.test(text) ? { kind: 'number', name: text } : undefined;
}

/** `lost-updates` of `lost-updates.ratio`. */
export function demoOf(numberName: string): string {
  return numberName.slice(0, numberName.indexOf('.'));
}

/** The number that a text like `39`, `1.9` or `2,300` means; undefined when it is none. */
export function parseNumber(text: string): number | undefined {
  return /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : undefined;
}
