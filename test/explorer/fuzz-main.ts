// `npm run explore:fuzz -- [--seed S] [--programs N]`: the explorer against brute force on small programs by chance, as many
// as one likes. Ends with 1 when they disagree, and prints the programs about which they do.
import { parseArgs } from 'node:util';
import { compare } from './compare.ts';
import { randomProgram } from './random-program.ts';
import { scenarioText } from './small-program.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now()) },
    programs: { type: 'string', default: '1000' },
  },
});
const count = Number(values.programs);
if (!Number.isInteger(count) || count < 1) {
  process.stderr.write('--programs takes a whole number of at least 1.\n');
  process.exit(2);
}

const tally = new Map<string, number>();
let wrong = 0;
for (let number = 0; number < count; number += 1) {
  const seed = `${values.seed}-${number}`;
  const program = randomProgram(seed);
  const { disagreement, agreed } = await compare(program, number % 2 === 0 ? {} : { mostPreemptions: 0 });
  if (disagreement) {
    wrong += 1;
    process.stdout.write(`\n--- seed ${seed}: ${disagreement}\n${scenarioText(program)}`);
  } else tally.set(agreed, (tally.get(agreed) ?? 0) + 1);
}
process.stdout.write(
  `${count} programs, seed ${values.seed}: ${wrong} disagreements\n${[...tally]
    .sort(([, a], [, b]) => b - a)
    .map(([what, times]) => `${String(times).padStart(7)}  ${what}\n`)
    .join('')}`,
);
process.exitCode = wrong > 0 ? 1 : 0;
