// `list`: lessons and labs with progress.
import type { LessonOverview } from '../progress/overview.ts';
import { printJson } from '../terminal/print.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { printMap, readOverview } from './map.ts';

export const command: Command = {
  name: 'list',
  summary: 'the lessons and labs, and how far you are',
  usage: [
    'list [--json]',
    '',
    '  --json   {lessons: [{id, name, title, labs: [{id, name, title, path, status}], demos: [id], ledger: [id]}]}; path ' +
      'is below labs/, status is new, started or passed',
  ].join('\n'),

  async run(args, io) {
    const { values } = parseCommandLine(command, args, { options: { json: { type: 'boolean' } }, words: [] });
    const overview = await readOverview(io);
    if (values.json) printJson(io, { lessons: overview.map(jsonOf) });
    else printMap(overview, io);
    return 0;
  },
};

function jsonOf({ id, name, title, labs, demos, ledger }: LessonOverview) {
  return { id, name, title, labs, demos, ledger };
}
