// The text of a lesson as data: a page for each `## `, with its questions, demos and measured numbers, and every mistake of
// the author with its line. It knows nothing of how a lesson is shown.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block, Heading } from './blocks.ts';
import { parseFrontMatter } from './front-matter.ts';
import type { BodyProblem, Conditional, LessonBlock, LessonBody, Page } from './lesson-blocks.ts';
import { parseMark } from './lesson-marks.ts';
import { checkNames, recordedNumbers, type Surroundings } from './lesson-names.ts';
import { lessonProse, type Report } from './lesson-prose.ts';
import { isAnswer, isQuestion, readQuestion } from './lesson-question.ts';
import { lessonFile, type Lesson } from './lesson.ts';
import { readBlocks } from './markdown-blocks.ts';

/** Reads the text of a lesson again from its file. */
export function loadLessonBody(lesson: Lesson): LessonBody {
  const { body, bodyLine } = parseFrontMatter(
    readFileSync(join(lesson.folder, 'lesson.md'), 'utf8'),
    lessonFile(lesson),
  );
  return readLessonBody(body, bodyLine, {
    folder: `lessons/${lesson.folderName}`,
    recordedOn: lesson.recordedOn,
    hasDemo: (name) => lesson.demos.some((demo) => demo.name === name),
  });
}

/**
 * Reads any text; what is no lesson comes out as problems.
 * @param text what stands behind the front matter
 * @param firstLine the line of the file on which it begins
 */
export function readLessonBody(text: string, firstLine: number, surroundings: Surroundings): LessonBody {
  const problems: BodyProblem[] = [];
  const report: Report = (line, message) => problems.push({ line, message });
  const lines = text.split('\n');
  const raw = splitPages(readBlocks(text, firstLine), report);
  const pages = raw.map(({ title, blocks, line }, index): Page => {
    const end = raw[index + 1]?.line ?? firstLine + lines.length;
    return {
      anchor: title?.anchor ?? '',
      title: title?.text ?? [],
      line,
      blocks: readPage(blocks, report),
      markdown: lines
        .slice(line + (title ? 1 : 0) - firstLine, end - firstLine)
        .join('\n')
        .trim(),
    };
  });
  checkNames(pages, surroundings, report);
  return {
    pages,
    recorded: recordedNumbers(pages),
    problems: problems.toSorted((one, other) => one.line - other.line),
  };
}

interface RawPage {
  readonly title: Heading | undefined;
  readonly line: number;
  readonly blocks: Block[];
}

function splitPages(blocks: readonly Block[], report: Report): RawPage[] {
  const pages: RawPage[] = [];
  for (const block of blocks) {
    const page = pages.at(-1);
    if (block.kind === 'heading' && block.level === 2) pages.push({ title: block, line: block.line, blocks: [] });
    else if (page) page.blocks.push(block);
    else {
      report(block.line, 'a lesson begins with the title of its first page, "## ..."');
      pages.push({ title: undefined, line: block.line, blocks: [block] });
    }
  }
  for (const { line, blocks } of pages) if (blocks.length === 0) report(line, 'this page has no text');
  return pages;
}

function readPage(blocks: readonly Block[], report: Report): LessonBlock[] {
  const read: LessonBlock[] = [];
  let open: (Omit<Conditional, 'blocks'> & { readonly blocks: Block[] }) | undefined;
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    if (!block) break;
    const mark = block.kind === 'html' ? parseMark(block.text) : undefined;
    if (mark?.kind === 'when') {
      if (open) report(block.line, `the block of line ${open.line} needs its <!-- end --> first`);
      open = { kind: 'when', line: block.line, condition: mark.condition, blocks: [] };
      read.push(open);
    } else if (mark?.kind === 'end') {
      if (!open) report(block.line, 'there is no <!-- when ... --> that ends here');
      open = undefined;
    } else if (isQuestion(block)) {
      const { question, used } = readQuestion(block, blocks.slice(index + 1), report);
      if (open) report(block.line, 'a question cannot depend on a measurement: move it out of when and end');
      read.push(question ?? { ...block, blocks: lessonProse(block.blocks, quiet) });
      index += used;
    } else if (mark?.kind === 'demo') {
      if (open) report(block.line, 'a demo cannot depend on a measurement: move it out of when and end');
      read.push({ kind: 'demo', line: block.line, name: mark.name });
    } else if (block.kind === 'html' && /^<\/?details\b/.test(block.text)) {
      if (isAnswer(block)) report(block.line, 'this answer stands directly behind no question');
    } else (open?.blocks ?? read).push(...lessonProse([block], report));
  }
  if (open) report(open.line, 'this block has no <!-- end -->');
  return read;
}

/** For what is read a second time. */
function quiet(): void {}
