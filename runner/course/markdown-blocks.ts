// From Markdown to blocks. It knows nothing of what a lesson may hold: everything that Markdown has comes out as data.
import type { Block, Cell, Inline, Table } from './blocks.ts';
import { anchorOf, linesOfChildren, markdownTokens, type Token } from './markdown.ts';

/** A token with what stands between it and its closing token. */
interface Node {
  readonly token: Token;
  readonly line: number;
  readonly children: readonly Node[];
}

/**
 * @param text a file, or the part of it after the front matter
 * @param firstLine the line of the file on which `text` begins
 */
export function readBlocks(text: string, firstLine = 1): Block[] {
  return blocksOf(nest(markdownTokens(text), firstLine), new Map());
}

function nest(tokens: readonly Token[], firstLine: number): Node[] {
  const outermost: Node[] = [];
  const open = [outermost];
  let line = firstLine;
  for (const token of tokens) {
    // The cells of a table have no lines of their own; their row, which came before them, has.
    if (token.map) line = token.map[0] + firstLine;
    if (token.nesting < 0) open.pop();
    else {
      const children: Node[] = [];
      open.at(-1)?.push({ token, line, children });
      if (token.nesting > 0) open.push(children);
    }
  }
  return outermost;
}

/** @param anchors those of the headings so far */
function blocksOf(nodes: readonly Node[], anchors: Map<string, number>): Block[] {
  return nodes.flatMap((node) => blockOf(node, anchors) ?? []);
}

function blockOf({ token, line, children }: Node, anchors: Map<string, number>): Block | undefined {
  switch (token.type) {
    case 'paragraph_open':
      return { kind: 'paragraph', line, text: sentences(children) };
    case 'heading_open': {
      const anchor = anchorOf(headingText(children[0]?.token.children ?? []), anchors);
      return { kind: 'heading', line, level: Number(token.tag.slice(1)), anchor, text: sentences(children) };
    }
    case 'bullet_list_open':
    case 'ordered_list_open':
      return {
        kind: 'list',
        line,
        start: token.type === 'ordered_list_open' ? Number(token.attrGet('start') ?? 1) : undefined,
        // A tight item's paragraph is one that a browser shows without its tags.
        isTight: !children.some(
          ({ children: [first] }) => first?.token.type === 'paragraph_open' && !first.token.hidden,
        ),
        items: children.map((item) => ({ line: item.line, blocks: blocksOf(item.children, anchors) })),
      };
    case 'blockquote_open':
      return { kind: 'quote', line, blocks: blocksOf(children, anchors) };
    case 'table_open':
      return tableOf(children, line);
    case 'fence':
    case 'code_block':
      return { kind: 'fence', line, info: token.info.trim(), text: token.content };
    case 'hr':
      return { kind: 'rule', line };
    case 'html_block':
      return { kind: 'html', line, text: token.content };
    default:
      return undefined;
  }
}

function tableOf(parts: readonly Node[], line: number): Table {
  const rows = parts.flatMap((part) => part.children);
  const [head = [], ...body] = rows.map((row) => row.children.map((cell): Cell => sentences(cell.children)));
  return { kind: 'table', line, alignments: (rows[0]?.children ?? []).map(alignmentOf), head, rows: body };
}

function alignmentOf({ token }: Node): Table['alignments'][number] {
  const style = String(token.attrGet('style') ?? '');
  if (style.includes('right')) return 'right';
  return style.includes('center') ? 'center' : 'left';
}

function headingText(parts: readonly Token[]): string {
  return parts
    .map(({ type, content }) => (type === 'text' || type === 'code_inline' ? content : type === 'softbreak' ? ' ' : ''))
    .join('');
}

function sentences(nodes: readonly Node[]): Inline[] {
  return nodes.flatMap(({ token, line }) => {
    const lines = linesOfChildren(token, line);
    return nestInlines(token.children ?? [], lines);
  });
}

/** @param lines the line of each part */
function nestInlines(parts: readonly Token[], lines: readonly number[]): Inline[] {
  const outermost: Inline[] = [];
  const open = [outermost];
  for (const [index, part] of parts.entries()) {
    if (part.nesting < 0) {
      open.pop();
      continue;
    }
    // Between two marks there is an empty text.
    if (part.type === 'text' && part.content === '') continue;
    const children: Inline[] = [];
    open.at(-1)?.push(inlineOf(part, lines[index] ?? 1, children));
    if (part.nesting > 0) open.push(children);
  }
  return outermost;
}

function inlineOf(part: Token, line: number, children: readonly Inline[]): Inline {
  switch (part.type) {
    case 'code_inline':
      return { kind: 'code', text: part.content };
    case 'softbreak':
      return { kind: 'text', text: ' ' };
    case 'hardbreak':
      return { kind: 'break' };
    case 'html_inline':
      return { kind: 'html', text: part.content, line };
    case 'link_open':
      return { kind: 'link', target: String(part.attrGet('href') ?? ''), children };
    case 'image':
      return {
        kind: 'link',
        target: String(part.attrGet('src') ?? ''),
        children: [{ kind: 'text', text: part.content }],
      };
    case 'strong_open':
      return { kind: 'strong', children };
    // What is struck out has no mark of its own on every terminal.
    case 'em_open':
    case 's_open':
      return { kind: 'emphasis', children };
    default:
      return { kind: 'text', text: part.content };
  }
}
