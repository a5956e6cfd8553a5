// What a demo found, as a file that a browser shows without any network: an SVG, or a page that holds it with all the words.
// Pure.
import { plainStyle } from '../../terminal/style.ts';
import { demoLines } from '../demo-lines.ts';
import type { DemoResult } from '../run-demo.ts';
import { percent } from '../verdict-words.ts';
import { barsPicture } from './bars-picture.ts';
import { curvePicture } from './curve-picture.ts';
import { colours, escapeMarkup, moved, text } from './svg.ts';

export type PictureFormat = 'svg' | 'html';

const edge = 24;
const titleHeight = 34;
const footHeight = 26;
const textColumns = 88;
/** A longer one would leave the picture in large letters. */
const longTitle = 90;

export function picture(result: DemoResult, format: PictureFormat): string {
  return format === 'svg' ? svg(result) : page(result);
}

function svg(result: DemoResult): string {
  const { title, variants, curve, inPython } = result;
  const drawing = curve ? curvePicture(curve) : barsPicture(result, new Set(inPython));
  const nothing = variants.length === 0 ? ['Nothing was measured.'] : [];
  const [width, height] = [drawing.width + 2 * edge, drawing.height + titleHeight + footHeight + 2 * edge];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `role="img" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<style>${colours}\n</style>`,
    `<rect class="ground" width="100%" height="100%"/>`,
    text(title, { x: edge, y: edge + 14, size: title.length > longTitle ? 13 : 17, isBold: true }),
    moved(drawing, edge, edge + titleHeight),
    text([...nothing, foot(result)].join(' '), { x: edge, y: height - edge, size: 12, look: 'quiet' }),
    '</svg>',
    '',
  ].join('\n');
}

function foot({ id, machine, python, othersShare, isStopped }: DemoResult): string {
  const version = python && !('missing' in python) ? `, Python ${python.version}` : '';
  const others = othersShare === undefined ? '' : `; others took ${percent(othersShare)} of it meanwhile`;
  return `${id}, measured on ${machine}${version}${others}${isStopped ? '; stopped before its end' : ''}.`;
}

function page(result: DemoResult): string {
  const words = demoLines(result, textColumns, plainStyle).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(result.title)}</title>
<style>
  body { margin: 1rem; background: #ffffff; color: #1f2430 }
  svg { max-width: 100%; height: auto }
  pre { overflow-x: auto; margin: 1.5rem; line-height: 1.4 }
  @media (prefers-color-scheme: dark) { body { background: #14171c; color: #e6e9ef } }
</style>
</head>
<body>
${svg(result)}<details>
<summary>All of it in words</summary>
<pre>${words.split('\n').map(escapeMarkup).join('\n')}</pre>
</details>
</body>
</html>
`;
}
