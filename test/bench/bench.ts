// `npm run bench`: what the course promises about its own speed, measured here and now.
import { parseArgs } from 'node:util';
import { measureSaveToVerdict, type SaveToVerdict } from './save-to-verdict.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '21' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 3) {
  process.stderr.write('--rounds takes a whole number of at least 3.\n');
  process.exit(2);
}

const results = await measureSaveToVerdict(rounds, (done) => {
  if (process.stderr.isTTY) process.stderr.write(`\rround ${done} of ${rounds} ${done === rounds ? '\n' : ''}`);
});
process.stdout.write(
  values.json ? `${JSON.stringify({ saveToVerdict: results })}\n` : `${report(results).join('\n')}\n`,
);

function report(all: readonly SaveToVerdict[]): string[] {
  const [ours, ...others] = all;
  if (!ours) return [];
  return [
    `From a save to the verdict: five tests, no worker; ${rounds} rounds, the contenders in turn.`,
    '',
    row('', 'median', 'p95', 'times ours'),
    ...all.map(({ name, samples }) =>
      row(
        name,
        `${quantile(samples, 0.5).toFixed(1)} ms`,
        `${quantile(samples, 0.95).toFixed(1)} ms`,
        timesOurs(ours, samples),
      ),
    ),
    '',
    ...others.map(
      ({ name, samples }) =>
        `interleave watch is ${timesOurs(ours, samples)} times as fast as ${name} (median of the rounds' ratios).`,
    ),
  ];
}

function row(...cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(20) : cell.padStart(12))).join('');
}

/** The median of the ratios within each round: both sides of a ratio met the same machine. */
function timesOurs(ours: SaveToVerdict, samples: readonly number[]): string {
  const ratios = samples.map((sample, round) => sample / (ours.samples[round] ?? Number.NaN));
  return quantile(ratios, 0.5).toFixed(1);
}

function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
