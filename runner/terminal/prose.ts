// A short Markdown text (a hint, a why) as it is written, fitted to the terminal: paragraphs and list items are wrapped,
// headings stand out, blocks of code stay as they are. It is no renderer of Markdown and knows nothing of lessons.
import type { Style } from './style.ts';
import { readableColumns, wrap } from './wrap.ts';

export function proseLines(markdown: string, columns: number, style: Style): string[] {
  const width = Math.min(columns, readableColumns);
  const lines: string[] = [];
  let paragraph: string[] = [];
  let isCode = false;
  const flush = () => {
    if (paragraph.length > 0) lines.push(...wrapParagraph(paragraph.join(' '), width));
    paragraph = [];
  };
  for (const line of markdown.split(/\r?\n/)) {
    const isFence = /^\s*(```|~~~)/.test(line);
    const isVerbatim = isCode || isFence || line.trim() === '' || /^( {4}|\t|\||#)/.test(line);
    if (isFence) isCode = !isCode;
    // A list item's own lines may be indented; a paragraph's never begin a list.
    if (isVerbatim || /^\s*([-*+]|\d+\.)\s/.test(line)) flush();
    if (!isVerbatim) paragraph.push(line);
    else lines.push(line.startsWith('#') && !isCode && !isFence ? style.heading(line.replace(/^#+ +/, '')) : line);
  }
  flush();
  return lines;
}

function wrapParagraph(text: string, width: number): string[] {
  const [, bullet = ''] = /^(\s*(?:[-*+]|\d+\.)\s+)/.exec(text) ?? [];
  return wrap(text.slice(bullet.length), width, { first: bullet, rest: ' '.repeat(bullet.length) });
}
