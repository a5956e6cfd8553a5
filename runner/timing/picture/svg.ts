// Elements of a picture as text, and its colours in light and in dark. Pure; it knows nothing of what is drawn.

/** A drawing and how much room it takes. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly elements: readonly string[];
}

/**
 * What has which colour, by its meaning. A reader's own setting decides between light and dark, in a browser and where the
 * file is shown on a page; a program that knows no such setting shows the light one.
 */
export const colours = `
  .ground { fill: #ffffff }
  .ink { fill: #1f2430 }
  .quiet { fill: #5c6370 }
  .axis { stroke: #b4bac4 }
  .measured { fill: #0b62c4; stroke: #0b62c4 }
  .python { fill: #8a6100; stroke: #8a6100 }
  .whisker { stroke: #1f2430 }
  .offered { stroke: #c2570c; fill: none }
  .fitted { fill: #0f8a6d; fill-opacity: 0.28; stroke: none }
  .ideal { stroke: #8b93a1; fill: none }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #14171c }
    .ink { fill: #e6e9ef }
    .quiet { fill: #a3abb8 }
    .axis { stroke: #4a515d }
    .measured { fill: #6cb6ff; stroke: #6cb6ff }
    .python { fill: #e8c15a; stroke: #e8c15a }
    .whisker { stroke: #e6e9ef }
    .offered { stroke: #ffab70 }
    .fitted { fill: #3fd0a8; fill-opacity: 0.3 }
    .ideal { stroke: #79818f }
  }`;

export type Point = readonly [x: number, y: number];

export interface TextOptions {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly look?: 'ink' | 'quiet';
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly isBold?: boolean;
}

/** @param y of the base line */
export function text(words: string, { x, y, size = 13, look = 'ink', anchor = 'start', isBold }: TextOptions): string {
  const weight = isBold ? ' font-weight="600"' : '';
  return `<text class="${look}" x="${at(x)}" y="${at(y)}" font-size="${size}" text-anchor="${anchor}"${weight}>${escapeMarkup(words)}</text>`;
}

/** @param dashes as SVG has them; left out: none */
export function line(look: string, from: Point, to: Point, width = 1, dashes?: string): string {
  return path(look, [from, to], width, dashes);
}

export function path(look: string, points: readonly Point[], width: number, dashes?: string): string {
  const broken = dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`;
  return `<path class="${look}" d="${corners(points)}" fill="none" stroke-width="${width}"${broken}/>`;
}

export function area(look: string, points: readonly Point[]): string {
  return `<path class="${look}" d="${corners(points)} Z"/>`;
}

function corners(points: readonly Point[]): string {
  return `M ${points.map(([x, y]) => `${at(x)} ${at(y)}`).join(' L ')}`;
}

/** A drawing beside or below others. */
export function moved({ elements }: Drawing, x: number, y: number): string {
  return `<g transform="translate(${at(x)} ${at(y)})">${elements.join('')}</g>`;
}

/** No more digits than a screen has pixels. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** What markup would take for its own. Control characters are in no XML at all. */
export function escapeMarkup(words: string): string {
  return words
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
