// A scenario of a lab with the learner's module in its place. The scenario's own code runs here, where no learner code is;
// what the learner's functions do is asked of a subject.
import { dirname, join } from 'node:path';
import { consistent } from './consistent.ts';
import { exploreThreads } from '../engine/explore.ts';
import { defaultOptions, type Options } from '../engine/options.ts';
import type { ExploredFile } from '../explore-file.ts';
import type { GuestProcess } from '../guest-process.ts';
import { Guest } from '../guest/guest.ts';
import type { Membrane } from '../guest/membrane.ts';
import type { Namespace } from '../guest/modules.ts';
import type { Heard } from '../guest/replay.ts';
import { loadScenario, type Unusable } from '../scenario.ts';
import { twoSided } from './two-sided.ts';
import type { Exploration } from '../engine/verdict.ts';

export interface LabScenario {
  /** the scenario, absolute, in the lab's folder */
  readonly file: string;
  /** the learner's first file: the one that the scenario imports */
  readonly lab: string;
  /** where the learner's functions run */
  readonly learner: GuestProcess;
  readonly options?: Partial<Options>;
  readonly signal?: AbortSignal;
}

/** A lab's scenario is small; what takes more than this is not what its author meant. */
const labOptions: Options = { ...defaultOptions, mostStates: 500_000, mostOperations: 500, mostMs: 20_000 };

/** The scenario asks for an export that the learner's module lacks. */
export interface MissingExport {
  readonly kind: 'missing-export';
  readonly name: string;
  readonly exports: readonly string[];
}

export type LabOutcome = ExploredFile | Unusable | MissingExport;

/** @throws GuestEnded when the subject ends by itself */
export async function exploreLab(lab: LabScenario): Promise<LabOutcome> {
  const { file, learner } = lab;
  const judged = join(dirname(file), lab.lab);
  const wanted = new Set<string>();
  const scenario = loadScenario(file, (path) => (path === judged ? elsewhere(wanted) : undefined));
  if (scenario.kind === 'unusable') return scenario;
  const opened = await learner.open();
  if (opened.kind === 'refusal') return { kind: 'explored', scenario, exploration: { ...opened, kind: 'unsupported' } };
  if (opened.kind === 'thrown') return { kind: 'explored', scenario, exploration: thrownAtImport(opened.answer.value) };
  const name = [...wanted].find((each) => !opened.exports.includes(each));
  if (name !== undefined) return { kind: 'missing-export', name, exports: opened.exports };
  const author = new Guest(file, (path, membrane) => (path === judged ? fromAfar(membrane) : undefined));
  const asked = consistent((question) => learner.ask(question, scenario.bytes.length));
  const ask = Array.from({ length: scenario.threads }, (_, thread) => {
    const beginning: Heard[] = [
      { kind: 'call', demand: ['get', 0, 'thread'], args: [] },
      { kind: 'call', demand: ['apply', 1], args: [undefined, thread, scenario.shared] },
    ];
    return twoSided(beginning, {
      author: async (question) => author.advance(question),
      learner: asked,
    });
  });
  const exploration = await exploreThreads({
    ask,
    bytes: scenario.bytes,
    checks: scenario.checks,
    outside: () => learner.outside(),
    options: { ...labOptions, ...lab.options },
    ...(lab.signal && { signal: lab.signal }),
  });
  return { kind: 'explored', scenario, exploration };
}

/** Where the author's checks run, the learner's module cannot be used; its names are noted. */
function elsewhere(wanted: Set<string>): Namespace {
  return new Proxy<Namespace>(
    {},
    {
      has: (_, name) => {
        wanted.add(String(name));
        return true;
      },
      get: (_, name) => () => {
        throw new Error(`setup, invariant and final cannot use ${String(name)} of the file that is judged`);
      },
    },
  );
}

/** The learner's module as the scenario's threads see it: number 0 of the other side. */
function fromAfar(membrane: Membrane): Namespace {
  const remote = membrane.receive(['mine', 0, false]) as Namespace;
  return new Proxy(remote, { has: () => true });
}

function thrownAtImport(value: unknown): Exploration {
  const message = Array.isArray(value) ? String(value[2]) : String(value);
  return { kind: 'unsupported', reason: `it throws when it is imported: ${message}`, file: '', line: 0 };
}
