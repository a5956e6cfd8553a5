// `doctor`: what this machine has and lacks, each tried and none assumed.
import type { Io } from '../terminal/io.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import type { Check } from './doctor-checks.ts';

const machineLacks = 3;

export const command: Command = {
  name: 'doctor',
  summary: 'what this machine has and lacks',
  usage: [
    'doctor [--json]',
    '',
    'Each part is tried, which takes some seconds. Without the parts that are not needed the course works with less.',
    '',
    '  --json   {checks: [{name, ok, detail, next, needed}]}',
    '',
    'Exit codes: 0 all that is needed is there; 3 something needed is missing.',
  ].join('\n'),

  async run(args, io) {
    const { values } = parseCommandLine(command, args, { options: { json: { type: 'boolean' } }, words: [] });
    const { allChecks } = await import('./doctor-checks.ts');
    const checks: Check[] = [];
    for (const check of allChecks) {
      const done = await check(io);
      checks.push(done);
      if (!values.json) printLines(io, checkLines(done, io));
    }
    const missing = checks.filter(({ ok, needed }) => needed && !ok);
    if (values.json) printJson(io, { checks });
    else
      printLines(io, [
        '',
        missing.length === 0
          ? 'All that is needed is here.'
          : `Missing: ${missing.map(({ name }) => name).join(', ')}.`,
      ]);
    return missing.length === 0 ? 0 : machineLacks;
  },
};

const nameColumns = 16;

function checkLines({ name, ok, needed, detail, next }: Check, io: Io): string[] {
  const style = styleFor(io.stdout, io.env);
  const width = Math.min(io.columns, readableColumns);
  const mark = ok ? 'ok  ' : needed ? 'LACK' : 'less';
  const margin = `  ${mark}  ${name.padEnd(nameColumns)}  `;
  const rest = ' '.repeat(margin.length);
  const [first = '', ...more] = wrap(detail, width, { first: margin, rest });
  const look = ok ? style.good : needed ? style.bad : style.warning;
  return [
    first.replace(mark, look(mark)),
    ...more,
    ...(next === '' ? [] : wrap(`Next: ${next}`, width, { first: rest })),
  ];
}
