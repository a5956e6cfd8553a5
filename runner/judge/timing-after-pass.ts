// Times what has passed, once for each text of the learner's files, and gives way to the next save. It follows the events
// of a watch and knows nothing of how a timing is shown.
import { CourseError } from '../course/course-error.ts';
import type { Lab } from '../course/lab.ts';
import type { Progress } from '../progress/progress.ts';
import type { Busy } from '../terminal/bottom-block.ts';
import type { LabTiming } from '../timing/lab-timing.ts';
import { timeLab } from '../timing/time-lab.ts';
import type { JudgeRequest } from './judge-client.ts';
import { fingerprint } from './save-watcher.ts';
import type { WatchEvent } from './watch-lab.ts';

export interface TimedLab {
  readonly lab: Lab;
  /** the working copy */
  readonly folder: string;
  readonly request: JudgeRequest;
  readonly progress: Progress;
  /** called when what `busy` gives has changed */
  readonly onChange: () => void;
  readonly onTimed: (timing: LabTiming) => void;
}

export interface TimingAfterPass {
  /** To be called when the event has been shown: a timing takes some seconds, and its start some milliseconds. */
  follow(event: WatchEvent): void;
  /** undefined while nothing is timed */
  busy(): Busy | undefined;
  close(): void;
}

const tickMs = 1_000;

export function timeAfterPass({ lab, folder, request, progress, onChange, onTimed }: TimedLab): TimingAfterPass {
  let current: AbortController | undefined;
  let since = 0;
  let clock: NodeJS.Timeout | undefined;

  function stop(): void {
    if (!current) return;
    current.abort();
    current = undefined;
    clearInterval(clock);
    onChange();
  }

  function start(): void {
    const { digest } = fingerprint(folder, lab.files);
    if (isTimed(progress.timing(lab.id)?.report, digest)) return;
    const run = new AbortController();
    current = run;
    since = performance.now();
    clock = setInterval(onChange, tickMs);
    onChange();
    void timeLab(request, run.signal)
      .catch((error: unknown): LabTiming => {
        // Anything else is a bug of ours and must not pass for the lab's.
        if (!(error instanceof CourseError)) throw error;
        return { kind: 'unfinished', why: error.message };
      })
      .then((timing) => {
        if (!timing || current !== run) return;
        stop();
        progress.recordTiming(lab.id, { ...timing, fingerprint: digest });
        onTimed(timing);
      });
  }

  return {
    follow(event) {
      if (event.kind === 'test' || event.kind === 'polling' || event.kind === 'same') return;
      stop();
      if (event.kind === 'verdict' && event.verdict.verdict === 'passed' && lab.timing) start();
    },
    busy() {
      if (!current) return undefined;
      const seconds = Math.floor((performance.now() - since) / 1_000);
      return { what: 'Timing yours beside a naive one', elapsed: seconds === 0 ? '' : `${seconds} s` };
    },
    close: stop,
  };
}

function isTimed(report: unknown, digest: string): boolean {
  return typeof report === 'object' && report !== null && 'fingerprint' in report && report.fingerprint === digest;
}
