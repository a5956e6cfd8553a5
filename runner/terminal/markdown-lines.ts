// A Markdown text of a lab (its task, a hint, a why) and a program as lines for the terminal. It knows nothing of where
// they come from.
import { readBlocks } from '../course/markdown-blocks.ts';
import { blockLines } from './block-lines.ts';
import { loadCodeColours } from './code-colours.ts';
import type { Style } from './style.ts';

export interface TextLines {
  markdown(text: string, columns: number): string[];
  /** @param language `ts` */
  code(text: string, language: string, columns: number): string[];
}

/** @param folder where the text lies, from the course's folder down: its links start there */
export async function loadTextLines(folder: string, style: Style): Promise<TextLines> {
  const colourCode = await loadCodeColours(new Set(['ts', 'js']), style);
  const view = { style, folder, colourCode };
  return {
    markdown: (text, columns) => blockLines(readBlocks(text), { ...view, columns }),
    code: (text, language, columns) =>
      blockLines([{ kind: 'fence', line: 1, info: language, text }], { ...view, columns }),
  };
}
