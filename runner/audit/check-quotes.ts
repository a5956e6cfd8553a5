// Whether code that a Markdown file quotes is what stands in the file that it names: ```ts lab.ts```, or a region of it,
// ```ts lab.ts#join```. A fence that names no file is no quote. It knows nothing of what the code does.
import { posix } from 'node:path';
import { fenceWords, misplacedWord, parseFenceInfo } from '../course/fence-info.ts';
import type { Fence } from '../course/markdown.ts';
import { readText } from './content-files.ts';
import type { Document } from './document.ts';
import type { Problem } from './problem.ts';
import { regionOf, wholeFile } from './regions.ts';

/** @param root the course's folder */
export function checkQuotes({ file, markdown }: Document, root: string): Problem[] {
  return markdown.fences.flatMap((fence) => {
    const wrong = wrongWith(fence, file, root);
    return wrong ? [{ file, line: fence.line + wrong.offset, message: wrong.message }] : [];
  });
}

/** The file that a fence quotes, from the course's folder down, and the region of it. */
function quotedFile(fence: Fence, file: string): { path: string; region: string | undefined } | undefined {
  const { file: path, region } = parseFenceInfo(fence.info);
  return path === undefined ? undefined : { path: posix.join(posix.dirname(file), path), region };
}

/** `offset`: lines behind the fence's first one. */
function wrongWith(fence: Fence, file: string, root: string): { message: string; offset: number } | undefined {
  const here = (message: string) => ({ message, offset: 0 });
  const known: readonly string[] = fenceWords;
  const info = parseFenceInfo(fence.info);
  const unknown = info.words.find((word) => !known.includes(word));
  if (unknown !== undefined)
    return here(`"${unknown}" is neither a file (its name has a dot) nor one of the words ${known.join(', ')}`);
  const misplaced = misplacedWord(info);
  if (misplaced !== undefined) return here(misplaced);
  const quoted = quotedFile(fence, file);
  if (!quoted) return undefined;
  const { path, region } = quoted;
  if (path.startsWith('..')) return here(`the quoted file ${path} lies outside of the course`);
  const text = readText(root, path);
  if (text === undefined) return here(`quotes ${path}, which is not there`);
  const source = region === undefined ? wholeFile(text) : regionOf(text, region);
  if ('missing' in source) return here(`quotes ${path}, which has ${source.missing}`);
  return difference(fence.text.trimEnd(), source.text.trimEnd(), region === undefined ? path : `${path}#${region}`);
}

/** At the first line that differs. */
function difference(quote: string, source: string, name: string): { message: string; offset: number } | undefined {
  if (quote === source) return undefined;
  const [quoted, real] = [quote.split('\n'), source.split('\n')];
  const at = quoted.findIndex((line, index) => line !== real[index]);
  if (at < 0)
    return {
      message: `the quote of ${name} ends early; the next line is "${(real[quoted.length] ?? '').trim()}"`,
      offset: quoted.length,
    };
  const stands = real[at] === undefined ? 'nothing more' : `"${real[at].trim()}"`;
  return { message: `the quote says "${(quoted[at] ?? '').trim()}" where ${name} has ${stands}`, offset: at + 1 };
}
