// `read LESSON`: the whole lesson as text.
import { loadCourse } from '../course/course.ts';
import type { Lesson } from '../course/lesson.ts';
import { resolveLesson } from '../course/resolve-id.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { plainStyle, styleFor, type Style } from '../terminal/style.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';

export const command: Command = {
  name: 'read',
  summary: 'a lesson as text, the answers to its questions at the end',
  usage: [
    'read LESSON [--plain] [--json]',
    '',
    'At a terminal the tutor (npm start) shows a lesson page by page, asks its questions and runs its demos.',
    '',
    '  --plain   without colours; what they mean is in the text then',
    '  --json    {lesson, title, promise, minutes, written, pages: [{anchor, title, text}]}; text is Markdown',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: { plain: { type: 'boolean' }, json: { type: 'boolean' } },
      words: ['LESSON'],
    });
    const lesson = resolveLesson(loadCourse(), words[0] ?? '');
    const style = values.plain ? plainStyle : styleFor(io.stdout, io.env);
    if (values.json) printJson(io, await asJson(lesson));
    else printLines(io, await linesOf(lesson, io.columns, style));
    return 0;
  },
};

async function asJson(lesson: Lesson) {
  const { loadLessonBody } = await import('../course/lesson-body.ts');
  const { plainText } = await import('../course/blocks.ts');
  const { id, title, promise, minutes, isWritten } = lesson;
  const pages = loadLessonBody(lesson).pages.map(({ anchor, title, markdown }) => ({
    anchor,
    title: plainText(title),
    text: markdown,
  }));
  return { lesson: id, title, promise, minutes, written: isWritten, pages };
}

async function linesOf(lesson: Lesson, columns: number, style: Style): Promise<string[]> {
  const { printedLesson, unwrittenLesson } = await import('../terminal/printed-lesson.ts');
  if (!lesson.isWritten) return unwrittenLesson(lesson, columns, style);
  const { loadLessonBody } = await import('../course/lesson-body.ts');
  const { languagesOf } = await import('../course/lesson-programs.ts');
  const { loadCodeColours } = await import('../terminal/code-colours.ts');
  const body = loadLessonBody(lesson);
  const colourCode = await loadCodeColours(languagesOf(body), style);
  return printedLesson(lesson, body, { columns, style, colourCode });
}
