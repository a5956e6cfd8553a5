// A Markdown file of the content as the checks see it. It knows nothing of what they look for.
import { parseFrontMatter } from '../course/front-matter.ts';
import { readMarkdown, type Markdown } from '../course/markdown.ts';
import { readText } from './content-files.ts';

export interface Document {
  /** from the course's folder down, with `/` */
  readonly file: string;
  readonly text: string;
  readonly markdown: Markdown;
}

/** @returns undefined when it is not there, or its front matter cannot be read (the survey says so) */
export function readDocument(root: string, file: string): Document | undefined {
  const text = readText(root, file);
  if (text === undefined) return undefined;
  if (!/^lessons\/[^/]+\/lesson\.md$/.test(file)) return { file, text, markdown: readMarkdown(text) };
  try {
    const { body, bodyLine } = parseFrontMatter(text, file);
    return { file, text, markdown: readMarkdown(body, bodyLine) };
  } catch {
    return undefined;
  }
}
