// What Markdown becomes in a lesson: comments around numbers become measured numbers, and what a lesson cannot show is
// reported. It knows nothing of pages and questions.
import type { Block, Cell, Fence, Inline, RawHtml } from './blocks.ts';
import { parseFenceInfo } from './fence-info.ts';
import { knownMarks, parseMark, parseNumber } from './lesson-marks.ts';

/** Takes a mistake of the author's; lines are counted from 1. */
export type Report = (line: number, message: string) => void;

/** What programs are written in here; `text` is for drawings, outputs and commands. */
const languages = ['ts', 'js', 'py', 'text'];
/** Leaves room for an indent on a terminal of 80 columns; 56 of them are all that 60 columns show. */
const widestDrawing = 76;

export function lessonProse(blocks: readonly Block[], report: Report): Block[] {
  return blocks.flatMap((block): Block[] => {
    switch (block.kind) {
      case 'paragraph':
        return [{ ...block, text: sentences(block.text, report) }];
      case 'heading':
        if (block.level <= 2)
          report(block.line, 'only a page has a title of this size, "## " at the left margin; its parts have "### "');
        return [{ ...block, text: sentences(block.text, report) }];
      case 'list':
        return [
          { ...block, items: block.items.map((item) => ({ ...item, blocks: lessonProse(item.blocks, report) })) },
        ];
      case 'table': {
        const cell = (text: Cell): Cell => sentences(text, report);
        return [{ ...block, head: block.head.map(cell), rows: block.rows.map((row) => row.map(cell)) }];
      }
      case 'quote':
        return [{ ...block, blocks: lessonProse(block.blocks, report) }];
      case 'fence':
        checkFence(block, report);
        return [block];
      case 'rule':
        return [block];
      case 'html':
        return misplaced(block, report).map((text) => ({ kind: 'paragraph', line: block.line, text: [text] }));
    }
  });
}

function sentences(text: readonly Inline[], report: Report): Inline[] {
  const read: Inline[] = [];
  for (let index = 0; index < text.length; index++) {
    const inline = text[index];
    if (!inline) break;
    if (inline.kind === 'emphasis' || inline.kind === 'strong' || inline.kind === 'link')
      read.push({ ...inline, children: sentences(inline.children, report) });
    else if (inline.kind !== 'html') read.push(inline);
    else {
      const mark = parseMark(inline.text);
      const [value, close] = text.slice(index + 1, index + 3);
      if (mark?.kind !== 'number' || value?.kind !== 'text' || !isNumberEnd(close)) {
        read.push(...misplaced(inline, report));
        continue;
      }
      const isNumber = parseNumber(value.text) !== undefined;
      if (!isNumber) report(inline.line, `"${value.text}" is no number; its unit stands behind the end`);
      read.push(isNumber ? { kind: 'number', name: mark.name, recorded: value.text, line: inline.line } : value);
      index += 2;
    }
  }
  return read;
}

function isNumberEnd(inline: Inline | undefined): boolean {
  return inline?.kind === 'html' && parseMark(inline.text)?.kind === 'number-end';
}

/** Says what is wrong with HTML where it stands. A comment is not shown, an element is, as it was written. */
function misplaced(html: RawHtml, report: Report): Inline[] {
  const text = html.text.trim();
  const mark = parseMark(text);
  if (!text.startsWith('<!--')) {
    report(html.line, `${shortened(text)}: a terminal shows no HTML; write Markdown, and code in backticks`);
    return [{ kind: 'text', text: text.replaceAll(/\s+/g, ' ') }];
  }
  if (mark?.kind === 'number')
    report(html.line, `${text} needs a number and its end behind it: <!-- ${mark.name} -->39<!-- / -->`);
  else if (mark?.kind === 'number-end') report(html.line, 'there is no number that ends here');
  else if (mark) report(html.line, `${text} stands alone, with empty lines around it, and in no list or quote`);
  else if (/^<!--\s*[a-z0-9-]+\.\w+\s*-->./.test(text))
    report(
      html.line,
      'a line cannot begin with a measured number: it would be shown as HTML; break the line elsewhere',
    );
  else report(html.line, `${shortened(text)} means nothing in a lesson (known: ${knownMarks})`);
  return [];
}

function shortened(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 40 ? `${line.slice(0, 40)}...` : line;
}

function checkFence({ info, text, line }: Fence, report: Report): void {
  const { language, file, words } = parseFenceInfo(info);
  if (!languages.includes(language)) {
    const what = language === '' ? 'the block has no language' : `"${language}" is no language that a test can run`;
    report(line, `${what}: write ${languages.slice(0, -1).join(', ')}, or text for a drawing, an output, a command`);
    return;
  }
  if (language === 'text') {
    if (words.length > 0) report(line, `"${words.join(' ')}" means nothing behind text`);
    const wide = text.split('\n').findIndex((line) => line.length > widestDrawing);
    if (wide >= 0) report(line + wide + 1, `a drawing is at most ${widestDrawing} columns wide`);
  } else if (words.includes('run') && file === undefined)
    report(line, 'what the tutor runs is a file: name it, as in ts snippets/two.ts run');
}
