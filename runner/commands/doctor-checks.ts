// What `doctor` tries, one function for each part of the machine. Nothing that they make stays.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labsOf, loadCourse } from '../course/course.ts';
import { courseRoot, workspaceFolder } from '../course/paths.ts';
import { startJudge } from '../judge/judge-client.ts';
import { starterRequest } from '../judge/requests.ts';
import { openProgress, progressFile } from '../progress/progress.ts';
import { mainThreadTimes } from '../subject/proc.ts';
import { findEditor, noEditor } from '../terminal/editor.ts';
import { escapeLine } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { styleFor } from '../terminal/style.ts';
import { pythonWords } from '../timing/python.ts';
import { findPython } from '../timing/python-process.ts';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** what was found */
  readonly detail: string;
  /** what can be done about it; '' when nothing need be */
  readonly next: string;
  /** false: without it the course works, with less */
  readonly needed: boolean;
}

const floor = 24;
const verifiedPlatform = 'linux';
const narrowest = 60;
const leastSpaceMiB = 200;
/** How long something may take that takes milliseconds on a quiet machine. */
const patienceMs = 10_000;

export const allChecks: readonly ((io: Io) => Check | Promise<Check>)[] = [
  node,
  platform,
  temporaryFolder,
  workspace,
  progress,
  judge,
  fileWatching,
  processTimes,
  inspector,
  cores,
  terminal,
  editor,
  python,
];

function found(name: string, needed: boolean, detail: string): Check {
  return { name, ok: true, detail: escapeLine(detail), next: '', needed };
}

function lacking(name: string, needed: boolean, detail: string, next: string): Check {
  return { name, ok: false, detail: escapeLine(detail), next: escapeLine(next), needed };
}

function node(): Check {
  const packages = join(courseRoot, 'node_modules');
  // Either may lie behind a link.
  const way = existsSync(packages) ? relative(realpathSync(packages), realpathSync(process.execPath)) : '..';
  const isBrought = !way.startsWith('..') && !isAbsolute(way);
  const detail = `${process.version}, ${isBrought ? 'the one that came with the course' : `your own (${process.execPath})`}`;
  return Number.parseInt(process.versions.node) >= floor
    ? found('Node', true, detail)
    : lacking('Node', true, detail, `Install Node ${floor}, or run "npm ci" in the course's folder, which brings it.`);
}

function platform(): Check {
  const detail = `${process.platform} ${process.arch}`;
  return process.platform === verifiedPlatform
    ? found('platform', false, `${detail}, on which the course is verified`)
    : lacking(
        'platform',
        false,
        `${detail}: nobody has verified the course here`,
        'Most of it should work; tell us what does not.',
      );
}

function temporaryFolder(): Check {
  const place = tmpdir();
  try {
    tryWriting(place);
    const { bavail, bsize } = statfsSync(place);
    const freeMiB = Math.floor((bavail * bsize) / 1024 / 1024);
    return freeMiB >= leastSpaceMiB
      ? found('temporary folder', true, `${place} takes files; ${freeMiB} MiB are free`)
      : lacking('temporary folder', true, `${place} has ${freeMiB} MiB left`, 'Free some space there, or set TMPDIR.');
  } catch (error) {
    return lacking(
      'temporary folder',
      true,
      `${place}: ${(error as Error).message}`,
      'Set TMPDIR to a folder where you may write.',
    );
  }
}

function workspace({ env }: Io): Check {
  const place = workspaceFolder(env);
  try {
    mkdirSync(place, { recursive: true });
    tryWriting(place);
    return found('workspace', true, `${place} takes files`);
  } catch (error) {
    return lacking(
      'workspace',
      true,
      (error as Error).message,
      'Make that folder yours, or set INTERLEAVE_HOME to one that is.',
    );
  }
}

/** Writes a file, gives it another name and reads it, as a reset of a lab does. */
function tryWriting(place: string): void {
  const folder = mkdtempSync(join(place, '.doctor-'));
  try {
    writeFileSync(join(folder, 'a'), 'written');
    renameSync(join(folder, 'a'), join(folder, 'b'));
    if (readFileSync(join(folder, 'b'), 'utf8') !== 'written')
      throw new Error(`${place} does not give back what was written`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function progress({ env, now }: Io): Check {
  const store = openProgress(env, now);
  store.lastLab();
  const { problem } = store;
  store.close();
  return problem === undefined
    ? found('progress', false, `kept in ${progressFile(env)}`)
    : lacking('progress', false, problem.split(' Next: ')[0] ?? problem, problem.split(' Next: ')[1] ?? '');
}

async function judge(io: Io): Promise<Check> {
  const [lab] = labsOf(loadCourse());
  if (!lab) return lacking('judge', true, 'there is no lab to try it on', 'Get a whole copy of the course.');
  const client = startJudge();
  try {
    const verdict = await client.judge(starterRequest(lab, io));
    if (!verdict || verdict.ending === 'no-start')
      return lacking(
        'judge',
        true,
        verdict?.message ?? 'no verdict came',
        'Run "npm ci" again in the course\'s folder.',
      );
    return found('judge', true, `it ran the files of lab ${lab.id} in a process of their own and gave a verdict`);
  } catch (error) {
    return lacking('judge', true, (error as Error).message, 'Run "npm ci" again in the course\'s folder.');
  } finally {
    await client.close();
  }
}

async function fileWatching({ env }: Io): Promise<Check> {
  const next =
    'Your files are looked at twice a second instead. On Linux "sysctl fs.inotify" shows the limits; a network folder may have no such events.';
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(workspaceFolder(env), '.doctor-'));
    // On Linux a recursive watcher says nothing when the system refuses it; a plain one throws.
    watch(folder).close();
    const watcher = watch(folder, { recursive: true });
    const told = once(watcher, 'change', { signal: AbortSignal.timeout(patienceMs) });
    writeFileSync(join(folder, 'saved'), 'a save');
    try {
      await told;
      return found('saves', false, 'the system tells of a save in the workspace');
    } finally {
      watcher.close();
    }
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return lacking(
      'saves',
      false,
      `the system did not tell of a save (${code === 'ABORT_ERR' ? name : (code ?? name)})`,
      next,
    );
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function processTimes(): Check {
  const times = mainThreadTimes(process.pid);
  return times
    ? found(
        'process times',
        false,
        `/proc tells them: this one ran for ${Math.round(times.cpuMs)} ms and waited for a core for ${Math.round(times.queuedMs)} ms`,
      )
    : lacking(
        'process times',
        false,
        'there is no /proc/PID/schedstat',
        'Limits run on wall time, and checks of parallel work are skipped: that needs Linux.',
      );
}

/** SIGUSR1 opens the inspector of a busy process, which then says on which line it is. */
async function inspector(): Promise<Check> {
  const next = 'An endless loop is stopped all the same; its line may not be named.';
  const child = spawn(
    process.execPath,
    ['--inspect-port=127.0.0.1:0', '-e', 'console.log("ready"); setInterval(() => {}, 1000)'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {},
    },
  );
  const signal = AbortSignal.timeout(patienceMs);
  try {
    await once(child.stdout, 'data', { signal });
    const answer = once(child.stderr, 'data', { signal });
    child.kill('SIGUSR1');
    const [text] = (await answer) as [Buffer];
    return text.includes('Debugger listening on')
      ? found('stuck programs', false, 'a program that hangs can be asked for its line')
      : lacking('stuck programs', false, `SIGUSR1 answered "${text.toString().slice(0, 80)}"`, next);
  } catch (error) {
    return lacking('stuck programs', false, `a program cannot be asked for its line (${(error as Error).name})`, next);
  } finally {
    child.kill('SIGKILL');
  }
}

async function cores(): Promise<Check> {
  const idleMs = (): number => cpus().reduce((sum, { times }) => sum + times.idle, 0);
  const [before, start] = [idleMs(), performance.now()];
  await sleep(500);
  const free = Math.max(0, (idleMs() - before) / (performance.now() - start));
  const detail = `${availableParallelism()}, of which ${free.toFixed(1)} had nothing to do in the last half second`;
  return availableParallelism() >= 2
    ? found('cores', false, detail)
    : lacking(
        'cores',
        false,
        detail,
        'Verdicts hold on one core, too; what is measured about parallel work shows nothing there.',
      );
}

function terminal(io: Io): Check {
  if (!io.isTTY) return found('terminal', false, 'none here: this runs in a pipe');
  const colours = styleFor(io.stdout, io.env).hasColour ? 'with colours' : 'without colours (NO_COLOR or TERM)';
  const detail = `${io.columns} columns, ${colours}, TERM=${io.env.TERM ?? ''}`;
  return io.columns >= narrowest
    ? found('terminal', false, detail)
    : lacking('terminal', false, detail, `Make it at least ${narrowest} columns wide.`);
}

function editor({ env }: Io): Check {
  const editor = findEditor(env);
  return editor
    ? found('editor', false, `${editor.command} (from ${editor.from})`)
    : lacking(
        'editor',
        false,
        noEditor(env),
        'Set VISUAL, so that the tutor can open your files; or open them yourself.',
      );
}

async function python({ env }: Io): Promise<Check> {
  const python = await findPython(env, patienceMs);
  if (!('missing' in python)) return found('python3', false, pythonWords(python));
  const { missing, next } = python;
  return lacking('python3', false, missing, `Figures about Python are quoted without it. ${next}`.trimEnd());
}
