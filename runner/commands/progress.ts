// `progress`: what the learner has measured so far. `progress export FILE`, `progress import FILE`: carries progress to
// another machine.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import { loadCourse } from '../course/course.ts';
import { writeWhole } from '../course/durable-files.ts';
import type { Contents } from '../progress/contents.ts';
import { exchangeDocument, portable, readExchange } from '../progress/exchange.ts';
import { escapeText } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines, shownPath } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { withProgress } from './with-progress.ts';

const machineLacks = 3;
const contentIsWrong = 2;

export const command: Command = {
  name: 'progress',
  summary: 'what you have measured so far; carries your progress to another machine',
  usage: [
    'progress [export|import FILE] [--force] [--json]',
    '',
    'By itself it shows what things cost on this machine (a call, a thread, a lock), as far as you have run the demos that ' +
      'measure it, and names those that you have not.',
    '',
    '"export" writes everything that you passed, read and answered into FILE, as JSON. "import" adds it to what is on ' +
      'this machine, of which nothing is lost; a second time it changes nothing. What was measured is about the machine and ' +
      'stays there. Your files of the labs are not in it: copy workspace/ for those.',
    '',
    '  --force   exports into FILE although it exists',
    '  --json    by itself: {machine, costs: [{thing, demo, lesson: {id, title}, measured: {median, low, high, unit, at, ' +
      'pace} or null}], problems}; export: {file, records}; import: {file, records, changes}, how many of them were not here yet',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: { force: { type: 'boolean' }, json: { type: 'boolean' } },
      words: ['[export|import]', '[FILE]'],
    });
    const [what, typed] = words;
    if (what === undefined) return await showCosts(values.json === true, io);
    if (what !== 'export' && what !== 'import')
      throw new CourseError(
        `"progress" cannot "${what}".`,
        'Type npx interleave progress, progress export FILE, or progress import FILE.',
      );
    if (typed === undefined)
      throw new CourseError('"progress" needs a FILE.', `Type npx interleave progress ${what} FILE.`);
    const file = resolve(io.cwd, typed);
    switch (what) {
      case 'export': {
        const records = await exportTo(file, values.force === true, io);
        if (values.json) printJson(io, { file, records });
        else
          say(
            io,
            `${counted(records)} in ${shownPath(file, io)}. On the other machine: npx interleave progress import FILE`,
          );
        return 0;
      }
      case 'import': {
        const { records, changes, isKept } = await importFrom(file, io);
        if (values.json) printJson(io, { file, records, changes });
        else if (isKept) say(io, `${counted(records)} in ${shownPath(file, io)}, ${changes} of them new here.`);
        return isKept ? 0 : machineLacks;
      }
    }
  },
};

async function showCosts(isJson: boolean, io: Io): Promise<number> {
  const [{ loadCosts }, { machineWords }] = await Promise.all([
    import('../measured/load-costs.ts'),
    import('../timing/machine-words.ts'),
  ]);
  const { costs, problems } = await withProgress(io, async (progress) => await loadCosts(loadCourse(), progress));
  if (isJson) printJson(io, { machine: machineWords(), costs, problems });
  else {
    const { costLines } = await import('../measured/cost-lines.ts');
    printLines(io, costLines(costs, machineWords(), io.columns, styleFor(io.stdout, io.env)));
    for (const problem of problems) io.stderr.write(`${escapeText(problem)}\n`);
  }
  return problems.length > 0 ? contentIsWrong : 0;
}

async function exportTo(file: string, mayReplace: boolean, io: Io): Promise<number> {
  const contents = portable(await withProgress(io, (progress) => progress.contents()));
  const text = `${JSON.stringify(exchangeDocument(contents, io.now()), null, 1)}\n`;
  const isWritten = explainingFile(file, io, () => writeWhole(file, text, mayReplace));
  if (!isWritten)
    throw new CourseError(
      `${shownPath(file, io)} is there already.`,
      'Name another file, or add --force to replace it.',
    );
  return recordsIn(contents);
}

async function importFrom(file: string, io: Io) {
  const contents = readExchange(
    explainingFile(file, io, () => readFileSync(file, 'utf8')),
    shownPath(file, io),
  );
  const [changes, isKept] = await withProgress(io, (progress) => [progress.merge(contents), progress.isKept] as const);
  return { records: recordsIn(contents), changes, isKept };
}

function explainingFile<Result>(file: string, io: Io, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new CourseError(
      `${shownPath(file, io)} cannot be used: ${isFull ? 'the disk is full' : message}.`,
      isFull ? 'Free some space, or name a file on another disk.' : 'Name a file that you may use.',
      isFull ? machineLacks : 2,
    );
  }
}

function recordsIn(contents: Contents): number {
  return Object.values(contents).reduce((sum, rows) => sum + rows.length, 0);
}

function counted(records: number): string {
  return records === 1 ? '1 record is' : `${records} records are`;
}

function say(io: Io, text: string): void {
  printLines(io, wrap(text, io.columns));
}
