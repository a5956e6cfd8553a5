// The one door to markdown-it: what a Markdown file consists of, with the lines on which it stands. It knows nothing of
// what a lesson or a README must hold, and nothing of how it looks in a terminal.
import MarkdownIt, { type Token } from 'markdown-it';

export type { Token } from 'markdown-it';

export interface Heading {
  /** 1 for `# ` */
  readonly level: number;
  /** without its marks */
  readonly text: string;
  /** what comes after `#` in a link to it, as code hosts make it */
  readonly anchor: string;
  readonly line: number;
}

export interface Link {
  /** as it was written, not decoded */
  readonly target: string;
  readonly line: number;
}

export interface Fence {
  /** what stands behind the opening marks: `ts lab.ts#region` */
  readonly info: string;
  /** with a line end after the last line */
  readonly text: string;
  /** the line of the opening marks */
  readonly line: number;
}

/** Raw HTML: an element, or a comment. */
export interface Html {
  readonly text: string;
  readonly line: number;
}

/** A block at the top level: `heading`, `paragraph`, `fence`, `bullet_list`, `html_block`, ... as markdown-it calls it. */
export interface Block {
  readonly kind: string;
  readonly line: number;
}

/** All lines are counted from 1. */
export interface Markdown {
  readonly blocks: readonly Block[];
  readonly headings: readonly Heading[];
  /** links and images */
  readonly links: readonly Link[];
  readonly fences: readonly Fence[];
  readonly html: readonly Html[];
}

const parser = new MarkdownIt({ html: true });
// What an author wrote is what is checked, also when no browser would follow it.
parser.normalizeLink = (target) => target;
parser.validateLink = () => true;

/** The parts of a Markdown text as markdown-it tells them, one after the other; their lines are counted from 0. */
export function markdownTokens(text: string): Token[] {
  return parser.parse(text, {});
}

/**
 * @param text a file, or the part of it after the front matter
 * @param firstLine the line of the file on which `text` begins
 */
export function readMarkdown(text: string, firstLine = 1): Markdown {
  const blocks: Block[] = [];
  const headings: Heading[] = [];
  const links: Link[] = [];
  const fences: Fence[] = [];
  const html: Html[] = [];
  const anchors = new Map<string, number>();
  let line = firstLine;
  let level = 0;
  for (const token of markdownTokens(text)) {
    // The cells of a table have no lines of their own; their row, which came before them, has.
    if (token.map) line = token.map[0] + firstLine;
    if (token.level === 0 && token.nesting >= 0 && token.type !== 'inline')
      blocks.push({ kind: token.type.replace(/_open$/, ''), line });
    if (token.type === 'heading_open') level = Number(token.tag.slice(1));
    else if (token.type === 'fence') fences.push({ info: token.info.trim(), text: token.content, line });
    else if (token.type === 'html_block') html.push({ text: token.content, line });
    else if (token.type === 'inline') {
      const inside = readInline(token, line);
      links.push(...inside.links);
      html.push(...inside.html);
      if (level > 0) headings.push({ level, text: inside.text, anchor: anchorOf(inside.text, anchors), line });
      level = 0;
    }
  }
  return { blocks, headings, links, fences, html };
}

function readInline(token: Token, firstLine: number): { text: string; links: Link[]; html: Html[] } {
  const links: Link[] = [];
  const html: Html[] = [];
  const lines = linesOfChildren(token, firstLine);
  let text = '';
  for (const [index, child] of (token.children ?? []).entries()) {
    const line = lines[index] ?? firstLine;
    if (child.type === 'link_open') links.push({ target: String(child.attrGet('href') ?? ''), line });
    else if (child.type === 'image') links.push({ target: String(child.attrGet('src') ?? ''), line });
    else if (child.type === 'html_inline') html.push({ text: child.content, line });
    if (child.type === 'text' || child.type === 'code_inline') text += child.content;
    if (child.type === 'softbreak') text += ' ';
  }
  return { text, links, html };
}

/** The line on which each part of a paragraph begins: markdown-it tells only where the paragraph does. */
export function linesOfChildren(token: Token, firstLine: number): number[] {
  // A code span over two lines has a space where the line ended: where it stands in the source tells.
  const source = token.content.replaceAll('\n', ' ');
  let line = firstLine;
  let seen = 0;
  return (token.children ?? []).map((child) => {
    const begin = line;
    if (child.type === 'softbreak' || child.type === 'hardbreak') line += 1;
    else if (child.type === 'html_inline') line += lineEnds(child.content);
    else if (child.type === 'code_inline') {
      const at = source.indexOf(child.content, seen);
      seen = at + child.content.length;
      line += lineEnds(token.content.slice(at, seen));
    }
    return begin;
  });
}

function lineEnds(text: string): number {
  return text.split('\n').length - 1;
}

/**
 * GitHub's rule: small letters, hyphens for spaces, no punctuation; a number for the second one of a name.
 * @param used the names so far; it is added to
 */
export function anchorOf(heading: string, used: Map<string, number>): string {
  const name = heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  const before = used.get(name) ?? 0;
  used.set(name, before + 1);
  return before === 0 ? name : `${name}-${before}`;
}
