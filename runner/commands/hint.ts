// `hint LAB`: the next rung of the ladder.
import { loadCourse } from '../course/course.ts';
import { readHints } from '../course/hints.ts';
import { labPath } from '../course/lab.ts';
import { labLabel, resolveLab } from '../course/resolve-id.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { withProgress } from './with-progress.ts';

export const command: Command = {
  name: 'hint',
  summary: 'the next hint for a lab, from vague to near',
  usage: [
    'hint LAB [--json]',
    '',
    'Each call shows the next hint; after the last one it shows the last one again.',
    '',
    '  --json   {lab, hint, of, title, text}; hint counts from 1, text is Markdown',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: { json: { type: 'boolean' } },
      words: ['LAB'],
    });
    const lab = resolveLab(loadCourse(), words[0] ?? '', io);
    const rungs = readHints(lab);
    const number = await withProgress(io, (progress) => {
      const next = Math.min(progress.hintsTaken(lab.id) + 1, rungs.length);
      progress.recordHint(lab.id, next);
      return next;
    });
    const { title = '', text = '' } = rungs[number - 1] ?? {};
    if (values.json) {
      printJson(io, { lab: lab.id, hint: number, of: rungs.length, title, text });
      return 0;
    }
    const style = styleFor(io.stdout, io.env);
    const { loadTextLines } = await import('../terminal/markdown-lines.ts');
    const texts = await loadTextLines(`labs/${labPath(lab)}`, style);
    const after =
      number < rungs.length
        ? `Still stuck? "npx interleave hint ${lab.id}" has one that says more.`
        : `That was the last hint. "npx interleave solution ${lab.id}" shows one way to do it, and why it works.`;
    printLines(io, [
      style.quiet(`${labLabel(lab)}, hint ${number} of ${rungs.length}`),
      style.heading(title),
      '',
      ...texts.markdown(text, io.columns),
      '',
      ...wrap(after, Math.min(io.columns, readableColumns)),
    ]);
    return 0;
  },
};
