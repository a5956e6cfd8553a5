// The formats of a lab's texts: README.md, hints.md, and the solution's WHY.md. It knows nothing of verdicts.
import { CourseError } from '../course/course-error.ts';
import { parseHints } from '../course/hints.ts';
import { labPath, type Lab } from '../course/lab.ts';
import type { Markdown } from '../course/markdown.ts';
import { wrap } from '../terminal/wrap.ts';
import { readText } from './content-files.ts';
import { readDocument, type Document } from './document.ts';
import { problemOfError, type Problem } from './problem.ts';

/** The parts of a README behind its title and goal, in this order: each a `## ` heading that begins so. */
const readmeSections = ['What you write', 'What is observed', 'Out of scope', 'When you are stuck'] as const;

/** A README is read beside the editor: what is longer is not read. Lines as they are at 80 columns. */
const longestReadme = 60;
const columns = 80;

/** @param root the course's folder */
export function checkLabFiles(lab: Lab, root: string): Problem[] {
  const folder = `labs/${labPath(lab)}`;
  const why = `solutions/${labPath(lab)}/WHY.md`;
  return [
    ...checkReadme(readDocument(root, `${folder}/README.md`), `${folder}/README.md`, lab),
    ...checkHints(readText(root, `${folder}/hints.md`), `${folder}/hints.md`, root),
    ...checkWhy(readDocument(root, why), why),
  ];
}

function checkReadme(readme: Document | undefined, file: string, lab: Lab): Problem[] {
  if (!readme) return [{ file, message: 'is missing' }];
  const { blocks, headings } = readme.markdown;
  const problems: Problem[] = [];
  const [title] = headings;
  if (title?.level !== 1 || title.text !== lab.title || blocks[0]?.line !== title.line)
    problems.push({ file, line: title?.line ?? 1, message: `must begin with "# ${lab.title}", the title in lab.json` });
  const sections = headings.filter(({ level }) => level <= 2).slice(title?.level === 1 ? 1 : 0);
  const goal = blocks.find(({ line }) => line > (title?.line ?? 0));
  if (goal?.kind !== 'paragraph')
    problems.push({
      file,
      line: goal?.line ?? 1,
      message: 'behind the title the goal is missing: a paragraph of one sentence',
    });
  problems.push(...checkSections(readme.markdown, sections, file), ...checkLength(readme.text, file));
  return problems;
}

function checkSections({ blocks }: Markdown, sections: Markdown['headings'], file: string): Problem[] {
  for (const [index, name] of readmeSections.entries()) {
    const found = sections[index];
    if (!found)
      return [{ file, line: sections.at(-1)?.line ?? 1, message: `"## ${name}" is missing behind this line` }];
    if (found.level !== 2 || !found.text.startsWith(name))
      return [{ file, line: found.line, message: `expected "## ${name}" here; a README has ${inOrder()}` }];
    const next = sections[index + 1]?.line ?? Infinity;
    if (!blocks.some(({ line }) => line > found.line && line < next))
      return [{ file, line: found.line, message: `"${name}" has no text` }];
  }
  const extra = sections[readmeSections.length];
  return extra
    ? [{ file, line: extra.line, message: `"${extra.text}" is one heading too many; a README has ${inOrder()}` }]
    : [];
}

function inOrder(): string {
  return readmeSections.map((name) => `"## ${name}"`).join(', ');
}

function checkLength(text: string, file: string): Problem[] {
  let shown = 0;
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    shown += wrap(line, columns).length;
    if (shown > longestReadme)
      return [
        {
          file,
          line: index + 1,
          message: `line ${longestReadme} of the README on a screen of ${columns} columns ends here; it must be no longer`,
        },
      ];
  }
  return [];
}

function checkHints(text: string | undefined, file: string, root: string): Problem[] {
  if (text === undefined) return [{ file, message: 'is missing' }];
  try {
    parseHints(text, file);
    return [];
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    return [problemOfError(error, root, file)];
  }
}

function checkWhy(why: Document | undefined, file: string): Problem[] {
  if (!why) return [{ file, message: 'is missing: it says why the solution is as it is' }];
  if (why.markdown.blocks.some(({ kind }) => kind === 'paragraph')) return [];
  return [{ file, line: 1, message: 'has no text: it says why the solution is as it is' }];
}
