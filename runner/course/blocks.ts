// A Markdown text as data: blocks with the lines on which they stand, and what their sentences consist of. It knows
// nothing of where the text comes from or how it is shown. All lines are counted from 1.

/** A stretch of a sentence. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'emphasis' | 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly target: string; readonly children: readonly Inline[] }
  | { readonly kind: 'break' }
  | MeasuredNumber
  | RawHtml;

/** A number that a demo measures, with the one that was recorded when the lesson was written. */
export interface MeasuredNumber {
  readonly kind: 'number';
  /** `lost-updates.ratio` */
  readonly name: string;
  /** as it was written: `2,300`, `1.9` */
  readonly recorded: string;
  readonly line: number;
}

/** An element or a comment that means nothing where it stands. */
export interface RawHtml {
  readonly kind: 'html';
  readonly text: string;
  readonly line: number;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly line: number;
  readonly text: readonly Inline[];
}

export interface Heading {
  readonly kind: 'heading';
  readonly line: number;
  /** 1 for `# ` */
  readonly level: number;
  /** what comes after `#` in a link to it */
  readonly anchor: string;
  readonly text: readonly Inline[];
}

export interface List {
  readonly kind: 'list';
  readonly line: number;
  /** the first number of an ordered list */
  readonly start: number | undefined;
  /** without empty lines between the items */
  readonly isTight: boolean;
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly line: number;
  readonly blocks: readonly Block[];
}

export interface Table {
  readonly kind: 'table';
  readonly line: number;
  readonly alignments: readonly ('left' | 'center' | 'right')[];
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = readonly Inline[];

export interface Quote {
  readonly kind: 'quote';
  readonly line: number;
  readonly blocks: readonly Block[];
}

/** Code, a drawing, an output: what stands between two lines of backticks. */
export interface Fence {
  readonly kind: 'fence';
  /** the line of the opening marks */
  readonly line: number;
  /** what stands behind the opening marks; fence-info.ts takes it apart */
  readonly info: string;
  /** with a line end after the last line */
  readonly text: string;
}

export interface Rule {
  readonly kind: 'rule';
  readonly line: number;
}

export type Block = Paragraph | Heading | List | Table | Quote | Fence | Rule | RawHtml;

/** The blocks, and those inside of them, in order. */
export function withInner(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'quote') return [block, ...withInner(block.blocks)];
    if (block.kind === 'list') return [block, ...block.items.flatMap((item) => withInner(item.blocks))];
    return [block];
  });
}

/** All stretches of a block's own sentences, those inside of others behind them. */
export function inlinesOf(block: Block): Inline[] {
  const withInner = (text: readonly Inline[]): Inline[] =>
    text.flatMap((inline) => ('children' in inline ? [inline, ...withInner(inline.children)] : [inline]));
  if (block.kind === 'paragraph' || block.kind === 'heading') return withInner(block.text);
  return block.kind === 'table' ? [block.head, ...block.rows].flat().flatMap(withInner) : [];
}

/** What a stretch of sentences says, without its marks. */
export function plainText(text: readonly Inline[]): string {
  return text
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
        case 'code':
          return inline.text;
        case 'emphasis':
        case 'strong':
        case 'link':
          return plainText(inline.children);
        case 'break':
          return ' ';
        case 'number':
          return inline.recorded;
        case 'html':
          return '';
      }
    })
    .join('');
}
