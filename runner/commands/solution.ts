// `solution LAB`: one way to do it, why it works, and how far the learner's own files are from it.
import { CourseError } from '../course/course-error.ts';
import { loadCourse } from '../course/course.ts';
import { type Lab, labPath } from '../course/lab.ts';
import { labLabel, resolveLab } from '../course/resolve-id.ts';
import { readSolution } from '../course/solution.ts';
import type { Progress } from '../progress/progress.ts';
import { confirm } from '../terminal/confirm.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { solutionDifference, solutionLines } from '../terminal/solution-lines.ts';
import { styleFor } from '../terminal/style.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { withProgress } from './with-progress.ts';

export const command: Command = {
  name: 'solution',
  summary: 'one way to do a lab, why it works, and how yours differs',
  usage: [
    'solution LAB [--yes] [--json]',
    '',
    'Before you have passed the lab it asks whether you mean it.',
    '',
    '  --yes    does not ask',
    '  --json   {lab, files: [{path, text}], why, difference}; why is Markdown, difference is unified, from your files ' +
      'to these; it cannot ask, so it needs --yes before you have passed',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: { yes: { type: 'boolean' }, json: { type: 'boolean' } },
      words: ['LAB'],
    });
    const lab = resolveLab(loadCourse(), words[0] ?? '', io);
    const solution = readSolution(lab);
    return await withProgress(io, async (progress) => {
      if (!values.yes && !(await mayShow(lab, progress, io, values.json === true))) {
        printLines(io, [`Then not. "npx interleave hint ${lab.id}" says a little and leaves the rest to you.`]);
        return 0;
      }
      progress.recordSolutionSeen(lab.id);
      if (values.json) {
        const difference = solutionDifference(lab, solution, io.env);
        printJson(io, { lab: lab.id, ...solution, difference: difference.map((line) => `${line}\n`).join('') });
      } else {
        const { loadTextLines } = await import('../terminal/markdown-lines.ts');
        const style = styleFor(io.stdout, io.env);
        const texts = await loadTextLines(`solutions/${labPath(lab)}`, style);
        printLines(io, solutionLines(lab, solution, { env: io.env, columns: io.columns, style, texts }));
      }
      return 0;
    });
  },
};

async function mayShow(lab: Lab, progress: Progress, io: Io, isJson: boolean): Promise<boolean> {
  if (progress.status(lab.id) === 'passed') return true;
  if (!io.isTTY || isJson)
    throw new CourseError(
      `You have not passed ${labLabel(lab)} yet.`,
      `"npx interleave hint ${lab.id}" says less; to see the solution all the same, add --yes.`,
    );
  return await confirm(`You have not passed ${labLabel(lab)} yet. Show its solution all the same?`, io);
}
