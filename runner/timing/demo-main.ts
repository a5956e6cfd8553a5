// The process of one demo: imports the author's module, measures, reports each round, ends. What stays running of a
// demo ends with it. Arguments: the module's file, and the pace.
import { pathToFileURL } from 'node:url';
import { CourseError } from '../course/course-error.ts';
import type { Demo } from './demo.ts';
import { type DemoHere, withPython, withoutPython } from './demo-with-python.ts';
import type { Pace } from './budget.ts';
import { measureDemo } from './measure-demo.ts';
import { PythonLost } from './python-process.ts';
import type { FromDemo, ToDemo } from './wire.ts';

const [file = '', pace = 'full'] = process.argv.slice(2);
let isStopped = false;

process.on('message', ({ t }: ToDemo) => {
  if (t === 'stop') isStopped = true;
});
// Whoever wanted to see it is gone.
process.on('disconnect', () => process.exit());
process.on('uncaughtException', (error) => end(problemOf(error)));

try {
  const demo = await load();
  const here = await withPython(demo, file);
  try {
    await measure(here);
  } catch (error) {
    if (!(error instanceof PythonLost)) throw error;
    await measure({ demo: withoutPython(demo), python: { missing: error.message, next: '' } });
  } finally {
    here.close();
  }
  end({ t: 'done' });
} catch (error) {
  end(problemOf(error));
}

async function measure({ demo, python }: Omit<DemoHere, 'close'>): Promise<void> {
  send({ t: 'plan', plan: demo.plan, ...(python ? { python } : {}) });
  await measureDemo(demo, {
    pace: pace as Pace,
    now: () => performance.now(),
    random: Math.random,
    isStopped: () => isStopped,
    onRound: (round, load) => send({ t: 'round', round, ...(load ? { load } : {}) }),
  });
}

async function load(): Promise<Demo> {
  const module = (await import(pathToFileURL(file).href)) as { default?: Partial<Demo> };
  const demo = module.default;
  if (demo?.plan && demo.sides && demo.python && demo.setup && demo.teardown) return demo as Demo;
  throw new CourseError(
    'This demo exports no demo.',
    "It should end with: export default demo({ ... }), with demo from 'interleave/kit/demo'.",
  );
}

function send(message: FromDemo): void {
  process.send?.(message);
}

/** The last message; a worker or a server that is still there does not keep the process. */
function end(message: FromDemo): void {
  process.send?.(message, () => process.exit());
}

function problemOf(error: unknown): FromDemo {
  if (error instanceof CourseError) {
    const { message, next, exitCode } = error;
    return { t: 'problem', message, next, exitCode };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    t: 'problem',
    message: `The demo threw an exception: ${text}`,
    next: 'Mend the demo, at the line that is named first.',
    exitCode: 2,
  };
}
