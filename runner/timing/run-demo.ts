// Runs a demo in a process of its own and concludes from what it reported. It knows nothing of how that is shown.
import { CourseError } from '../course/course-error.ts';
import type { Demo } from '../course/lesson.ts';
import { type Findings, analyse } from './analysis.ts';
import type { Pace } from './budget.ts';
import { type DemoEnding, runDemoProcess } from './demo-process.ts';
import { machineWords } from './machine-words.ts';
import type { DemoPlan, MachineLoad, Round } from './plan.ts';
import type { PythonFacts, PythonMissing } from './python.ts';
import { type RecordedExample, recordedExample } from './recorded-example.ts';

export interface DemoOptions {
  /** left out: `full`, some 10 s; `quick` takes some 2 */
  readonly pace?: Pace | undefined;
  /** ends it early; what was measured until then is the result */
  readonly signal?: AbortSignal | undefined;
  /** whoever reports nothing for so long has got stuck; left out: a minute, for a busy machine is slow */
  readonly silenceMs?: number | undefined;
  /** called when it is known what will be measured, and after each round */
  readonly onProgress?: ((progress: DemoProgress) => void) | undefined;
}

export interface DemoProgress {
  readonly plan: DemoPlan;
  /** what is being compared; nothing while it is set up and warmed up */
  readonly variants: readonly string[];
  /** how many rounds of these were measured */
  readonly rounds: number;
}

export interface DemoResult extends Findings {
  readonly id: string;
  readonly title: string;
  /** the ids of the claims that are judged */
  readonly claims: readonly string[];
  readonly pace: Pace;
  /** `2 cores, Linux, Node 24.21` */
  readonly machine: string;
  /** the names of the variants that ran in Python */
  readonly inPython: readonly string[];
  /** of a demo that has variants in Python */
  readonly python?: PythonFacts | PythonMissing;
  /** what another machine measured, where this one has no Python that serves */
  readonly recorded?: RecordedExample;
  /** somebody ended it before enough was known */
  readonly isStopped: boolean;
  /** the beginning of what the demo itself printed */
  readonly output: string;
}

const mostOutput = 16 * 1_024;
const defaultSilenceMs = 60_000;

/** @throws CourseError for what is wrong with the demo: it cannot be loaded, throws, hangs, or does not do its work */
export async function runDemo(demo: Demo, options: DemoOptions = {}): Promise<DemoResult> {
  const { pace = 'full', signal, silenceMs = defaultSilenceMs, onProgress } = options;
  const rounds: Round[] = [];
  let plan: DemoPlan | undefined;
  let load: MachineLoad | undefined;
  let python: PythonFacts | PythonMissing | undefined;
  let output = '';
  const ending = await runDemoProcess({
    file: demo.file,
    pace,
    signal,
    silenceMs,
    onOutput: (text) => (output = (output + text).slice(0, mostOutput)),
    onMessage(message) {
      if (message.t === 'plan') {
        ({ plan, python } = message);
        rounds.length = 0;
      }
      if (message.t === 'round') {
        rounds.push(message.round);
        load = message.load;
      }
      if (plan) onProgress?.(progressOf(plan, rounds));
    },
  });
  refuseFailure(demo, ending, { output, silenceMs });
  const nothing: Findings = { variants: [], ratios: [], verdicts: [], othersShare: undefined };
  return {
    id: demo.id,
    title: plan?.title ?? demo.name,
    claims: [...new Set(plan?.claims.map(({ claim }) => claim))],
    ...(plan ? analyse(plan, { rounds, load }) : nothing),
    pace,
    machine: machineWords(),
    inPython: plan?.variants.flatMap(({ name, inPython }) => (inPython ? [name] : [])) ?? [],
    ...(python ? { python } : {}),
    ...(python && 'missing' in python ? recordedExample(demo.file) : {}),
    isStopped: signal?.aborted === true,
    output,
  };
}

function progressOf(plan: DemoPlan, rounds: readonly Round[]): DemoProgress {
  const current = rounds.at(-1)?.series;
  return {
    plan,
    variants: current === undefined ? [] : (plan.series[current]?.variants ?? []),
    rounds: rounds.filter(({ series }) => series === current).length,
  };
}

/** An ending that leaves no result is the author's to mend: no learner's code runs in a demo. */
function refuseFailure(
  { id, file }: Demo,
  ending: DemoEnding,
  { output, silenceMs }: { output: string; silenceMs: number },
): void {
  const look = `Look at ${file}.${output === '' ? '' : ` It printed:\n${output.trimEnd()}`}`;
  switch (ending.kind) {
    case 'done':
    case 'killed':
      return;
    case 'problem':
      throw new CourseError(`${file}: ${ending.message}`, ending.next, ending.exitCode);
    case 'silent':
      throw new CourseError(`The demo ${id} got stuck: it reported nothing for ${silenceMs / 1_000} s.`, look);
    case 'crashed':
      throw new CourseError(`The demo ${id} ended before its time (${ending.how}).`, look);
  }
}
