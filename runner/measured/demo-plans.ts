// What demos would measure and which claims they judge, without running them. Their files are the author's programs, so
// they are loaded in a process that is gone afterwards.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Demo } from '../course/lesson.ts';
import type { DemoPlan } from '../timing/plan.ts';

/** Of one file, as it comes from the process. */
export type LoadedPlan =
  | { readonly file: string; readonly plan: DemoPlan }
  | { readonly file: string; readonly problem: string };

export interface PlannedDemo {
  readonly demo: Demo;
  readonly plan: DemoPlan;
}

export interface DemoPlans {
  readonly plans: readonly PlannedDemo[];
  /** of demos that cannot be loaded: sentences for their authors */
  readonly problems: readonly string[];
}

const entry = fileURLToPath(new URL('./demo-plans-main.ts', import.meta.url));
/** Whoever loads nothing for so long has got stuck. */
const silenceMs = 30_000;

/** @returns the plans in the order of the demos */
export async function loadPlans(demos: readonly Demo[]): Promise<DemoPlans> {
  const loaded = await loadAll(demos.map(({ file }) => file));
  const plans: PlannedDemo[] = [];
  const problems: string[] = [];
  for (const demo of demos) {
    const found = loaded.get(demo.file);
    if (found && 'plan' in found) plans.push({ demo, plan: found.plan });
    else problems.push(`${demo.file} cannot be loaded: ${found?.problem ?? 'its process ended before its time'}`);
  }
  return { plans, problems };
}

async function loadAll(files: readonly string[]): Promise<ReadonlyMap<string, LoadedPlan>> {
  const loaded = new Map<string, LoadedPlan>();
  if (files.length === 0) return loaded;
  const child = fork(entry, [...files], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    // Ranges may be endless, which JSON cannot say.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  let silence = setTimeout(kill, silenceMs);
  process.once('exit', kill);
  child.on('message', (message: LoadedPlan) => {
    loaded.set(message.file, message);
    clearTimeout(silence);
    silence = setTimeout(kill, silenceMs);
  });
  try {
    await new Promise((resolve) => {
      child.once('close', resolve);
      child.once('error', resolve);
    });
    return loaded;
  } finally {
    clearTimeout(silence);
    process.removeListener('exit', kill);
    kill();
  }
}
