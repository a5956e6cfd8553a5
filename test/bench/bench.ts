// `npm run bench`: what the course promises about its own speed, measured here and now.
import { parseArgs } from 'node:util';
import { measureExplorer, warmLimitMs, type ExplorerCost } from './explorer.ts';
import { measureAsyncBugs, mostRuns, type AsyncBug } from './fast-check.ts';
import { measureFirstScreen } from './first-screen.ts';
import { luckSeconds, measureLuck, type LuckyBug } from './luck.ts';
import { measureSaveToVerdict } from './save-to-verdict.ts';
import { measureSpin, type SpinCost } from './spin.ts';
import { measureTraceCost, type TraceCost } from './trace-cost.ts';

/** What was timed, round by round: within one round everything met the same machine. */
interface Contender {
  readonly name: string;
  /** milliseconds, one for each round */
  readonly samples: readonly number[];
}

/** Below this, a rate of states says nothing. */
const fewStates = 10_000;
/** As wide as the longest name and a space. */
const nameColumns = 26;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '21' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 3) {
  process.stderr.write('--rounds takes a whole number of at least 3.\n');
  process.exit(2);
}

const firstScreen = await measureFirstScreen(rounds, progressOf('first screen'));
const saveToVerdict = await measureSaveToVerdict(rounds, progressOf('save to verdict'));
const traceCost = await measureTraceCost(rounds, progressOf('trace'));
const explorer = await measureExplorer(rounds, progressOf('explorer'));
const spin = measureSpin(rounds);
const luck = await measureLuck(progressOf('real threads'));
const asyncBugs = await measureAsyncBugs(progressOf('fast-check'));
process.stdout.write(
  values.json
    ? `${JSON.stringify({ firstScreen, saveToVerdict, traceCost, explorer, spin, luck, asyncBugs })}\n`
    : [
        `From the start to the first screen, in a terminal; ${rounds} rounds, in turn.`,
        ...table(firstScreen),
        '',
        `From a save to the verdict: five tests, no worker; ${rounds} rounds, the contenders in turn.`,
        ...table(saveToVerdict),
        '',
        `From the start of a program to its trace: 10,000 callbacks; ${rounds} rounds, in turn.`,
        ...traceCost.flatMap(costLines),
        '',
        'The explorer, from the start of its process to the verdict.',
        '',
        ...explorerLines(explorer.programs),
        `Two threads that lose an update, once warm: ${within(quantile(explorer.warmMs, 0.5), warmLimitMs)}.`,
        '',
        ...spinLines(spin),
        '',
        `The same bugs on real threads that run free, ${luckSeconds} s each.`,
        '',
        ...luck.map(luckLine),
        '',
        `Bugs of async code, and fast-check's scheduler (${mostRuns.toLocaleString('en')} orders at most).`,
        '',
        ...asyncBugs.map(asyncLine),
        '',
      ].join('\n'),
);

function progressOf(name: string): (done: number) => void {
  return (done) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${name}: round ${done} of ${rounds} ${done === rounds ? '\n' : ''}`);
  };
}

function luckLine({ name, states, rounds: tried, hits }: LuckyBug): string {
  return `${name.padEnd(nameColumns)} search: ${states} states; by luck: ${hits.toLocaleString('en')} of ${tried.toLocaleString('en')} rounds`;
}

function asyncLine({ name, explored, drawn }: AsyncBug): string {
  const found = ({ runs }: { runs: number | undefined }): string => (runs === undefined ? 'never' : `after ${runs}`);
  return (
    `${name.padEnd(nameColumns)} explorer: ${explored.states} states, ${explored.ms.toFixed(0)} ms; ` +
    `fast-check: ${found(drawn.promises)}, effects postponed as well: ${found(drawn.effects)}`
  );
}

/** What is promised: at most three times as long, and 0.3 s. */
function costLines({ name, untraced, traced }: TraceCost): string[] {
  const [plain, seen] = [quantile(untraced, 0.5), quantile(traced, 0.5)];
  const promised = 3 * plain + 300;
  const verdict = seen <= promised ? 'within' : 'MORE THAN';
  return [
    '',
    `${name}: ${plain.toFixed(0)} ms alone, ${seen.toFixed(0)} ms traced, ${verdict} 3 times and 0.3 s (${promised.toFixed(0)} ms).`,
  ];
}

function explorerLines(programs: readonly ExplorerCost[]): string[] {
  return [
    row('', 'verdict', 'states', 'a second', 'search', 'whole', 'memory'),
    ...programs.map(({ name, verdict, states, searchMs, wholeMs, peakMiB }) =>
      row(
        name,
        verdict,
        String(states),
        states < fewStates ? '' : String(Math.round((1_000 * states) / searchMs)),
        `${searchMs.toFixed(0)} ms`,
        `${quantile(wholeMs, 0.5).toFixed(0)} ms`,
        `${peakMiB.toFixed(0)} MiB`,
      ),
    ),
    '',
    ...programs.flatMap(({ name, wholeMs, limitMs, peakMiB, limitMiB }) =>
      limitMs === undefined
        ? []
        : [
            `${name}: ${within(quantile(wholeMs, 0.5), limitMs)}${limitMiB === undefined ? '' : `, ${within(peakMiB, limitMiB, 'MiB')}`}.`,
          ],
    ),
  ];
}

function spinLines(spin: readonly SpinCost[] | string): string[] {
  if (typeof spin === 'string')
    return [`SPIN is left out: there is no ${spin} here (Debian: apt-get install spin gcc).`];
  return [
    'SPIN on models of the same programs, from the command to the verdict.',
    '',
    row('', 'states', 'whole'),
    ...spin.map(({ name, states, wholeMs }) => row(name, String(states), `${quantile(wholeMs, 0.5).toFixed(0)} ms`)),
  ];
}

function within(measured: number, promised: number, unit = 'ms'): string {
  return `${measured.toFixed(0)} ${unit}, ${measured <= promised ? 'within' : 'MORE THAN'} ${promised} ${unit}`;
}

/** The first contender is what the others are compared with. */
function table([first, ...others]: readonly Contender[]): string[] {
  if (!first) return [];
  return [
    '',
    row('', 'median', 'p95', 'ratio'),
    ...[first, ...others].map(({ name, samples }) =>
      row(
        name,
        `${quantile(samples, 0.5).toFixed(1)} ms`,
        `${quantile(samples, 0.95).toFixed(1)} ms`,
        ratio(samples, first.samples).toFixed(2),
      ),
    ),
    '',
    ...others.map(
      ({ name, samples }) =>
        `${name} takes ${ratio(samples, first.samples).toFixed(2)} times as long as ${first.name} (median of the rounds' ratios).`,
    ),
  ];
}

function row(...cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(nameColumns) : cell.padStart(12))).join('');
}

/** The median of the ratios within each round. */
function ratio(samples: readonly number[], others: readonly number[]): number {
  return quantile(
    samples.map((sample, round) => sample / (others[round] ?? Number.NaN)),
    0.5,
  );
}

function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
