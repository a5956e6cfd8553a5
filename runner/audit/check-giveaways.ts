// A README or a ladder of hints that holds the whole solution leaves nothing to do: the last rung comes near, the learner
// takes the last step. It knows code as lines, nothing of what they mean.
import { labPath, type Lab } from '../course/lab.ts';
import { readText } from './content-files.ts';
import { readDocument } from './document.ts';
import type { Problem } from './problem.ts';

/** @param root the course's folder */
export function checkGiveaways(lab: Lab, root: string): Problem[] {
  const path = labPath(lab);
  const starter = new Set(lab.files.flatMap((file) => codeLines(readText(root, `labs/${path}/${file}`) ?? '')));
  const added = lab.files
    .flatMap((file) => codeLines(readText(root, `solutions/${path}/${file}`) ?? ''))
    .filter((line) => !starter.has(line));
  if (added.length === 0) return [];
  return ['README.md', 'hints.md'].flatMap((name) => {
    const file = `labs/${path}/${name}`;
    const left = new Set(added);
    for (const fence of readDocument(root, file)?.markdown.fences ?? []) {
      for (const line of codeLines(fence.text)) left.delete(line);
      if (left.size === 0)
        return [{ file, line: fence.line, message: 'with this block every line of the solution stands in the file' }];
    }
    return [];
  });
}

/** Lines that say something: no blanks, no comments, no brackets alone; without the spaces that formatting puts in. */
function codeLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\/\/.*$/, '').replaceAll(/\s+/g, ''))
    .filter((line) => /\w/.test(line) && !/^(?:\/?\*|import\b)/.test(line));
}
