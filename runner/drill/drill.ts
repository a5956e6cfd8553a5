// One drill: a program whose order is forced, drawn from a seed at a level, with what it prints. The same seed and level
// are always the same drill. It knows nothing of who answers it.
import type { Random } from '../kit/random.ts';
import { drawProgram } from './draw.ts';
import type { ModelRun } from './interpreter.ts';
import { type Demand, demands, type Feature, hasFeatures, type Level } from './levels.ts';
import { type Format, nodesOf, type Program, printsOf } from './program.ts';
import { quickRandom } from './random.ts';
import { forcedRun } from './schedules.ts';
import { type Source, sourceOf } from './source.ts';

export interface Drill {
  readonly seed: number;
  readonly level: Level;
  readonly format: Format;
  /** what the program should be called: Node tells its format by the ending */
  readonly fileName: string;
  readonly program: Program;
  readonly source: Source;
  /** what it prints, in this order, as the model has it */
  readonly lines: readonly string[];
  /** the same lines in no order, as they are shown */
  readonly shuffled: readonly string[];
  /** how the model comes to it */
  readonly run: ModelRun;
}

/** Of a thousand programs that are drawn, all levels find some hundred; not to find one is a bug. */
const mostDraws = 2_000;

/** @param seed a whole number, not negative */
export function makeDrill(seed: number, level: Level): Drill {
  const random = quickRandom(`drill ${level} ${seed}`);
  const demand = demands[level];
  const [focus = 'then'] = random.shuffled(demand.focus);
  // Neighbours never print the same number of lines: however alike their parts, the programs are not.
  const [fewest, most] = demand.prints;
  const prints = fewest + (seed % (most - fewest + 1));
  for (let draw = 0; draw < mostDraws; draw++) {
    const program = drawProgram(demand, { focus, prints, random });
    const found = accepted(program, demand, focus);
    if (found) return { ...about(program), ...found, seed, level, shuffled: mixed(found.lines, program, random) };
  }
  throw new Error(`no drill of level ${level} was found for seed ${seed}`);
}

function about(program: Program): Pick<Drill, 'format' | 'fileName' | 'program'> {
  const { format } = program;
  return { format, fileName: format === 'esm' ? 'drill.mjs' : 'drill.cjs', program };
}

function accepted(
  program: Program,
  demand: Demand,
  focus: Feature,
): Pick<Drill, 'source' | 'lines' | 'run'> | undefined {
  if (!hasFeatures(program, demand, focus) || !isWithin(depthOf(program), demand.depth)) return undefined;
  const source = sourceOf(program);
  if (!isWithin(source.text.split('\n').length - 1, demand.lines)) return undefined;
  const run = forcedRun(program);
  if (!run || turnsBack(run, source) < demand.turnsBack) return undefined;
  return { source, run, lines: run.printed.map(({ print }) => print.text) };
}

function isWithin(number: number, [low, high]: readonly [number, number]): boolean {
  return number >= low && number <= high;
}

function depthOf(program: Program): number {
  return Math.max(...[...nodesOf(program)].map(({ depth }) => depth));
}

/** How often the next line that is printed stands above the one before. */
function turnsBack({ printed }: ModelRun, { lineOf }: Source): number {
  const places = printed.map(({ print }) => lineOf.get(print) ?? 0);
  return places.filter((place, index) => place < (places[index - 1] ?? 0)).length;
}

/** Neither in the order of the answer nor in the order of the text. */
function mixed(lines: readonly string[], program: Program, random: Random): string[] {
  const written = printsOf(program).map(({ text }) => text);
  for (;;) {
    const order = random.shuffled(lines);
    const isSame = (other: readonly string[]) => other.every((text, index) => text === order[index]);
    if (!isSame(lines) && !isSame(written)) return order;
  }
}
