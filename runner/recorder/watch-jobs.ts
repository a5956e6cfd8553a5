// Sees, through V8's promise hooks, each promise as it is made, and each job of the microtask queue that runs for one. Where a
// promise follows another one and `then` was not called, an async function waits. Not async_hooks: with them every
// promise that a program prints shows two more properties.
import { promiseHooks } from 'node:v8';
import { frames, placeOfFrame, schedulingFrame } from './call-places.ts';
import type { Origin, Recorder, Scheduled } from './recorder.ts';

interface Job {
  readonly id: number;
  origin: Origin;
  isWait: boolean;
  /** an async function that goes on when this job runs */
  scheduled: Scheduled | undefined;
}

export interface JobWatch {
  /** 0 for what is no promise that was seen */
  idOf(promise: object): number;
  /** The promise that is made next comes out of `then`, and the wait for it is recorded elsewhere. */
  expectDerived(): void;
  /** @returns the number of the promise that was expected; 0 when none was made */
  takeDerived(): number;
}

export function watchJobs(recorder: Recorder): JobWatch {
  const jobs = new WeakMap<object, Job>();
  let promises = 0;
  let isDerivedExpected = false;
  let derived = 0;
  /**
   * A wait, unless the next thing to happen is that this promise is resolved or waited for: then it only carries the awaited
   * value or thenable.
   */
  let candidate: { readonly promise: object; commit(): void } | undefined;
  const commit = (): void => {
    const waiting = candidate;
    candidate = undefined;
    waiting?.commit();
  };
  recorder.onWrite = commit;

  function init(promise: object, parent: object | undefined): void {
    if (candidate && candidate.promise === parent) candidate = undefined;
    commit();
    const job: Job = { id: ++promises, origin: recorder.origin(), isWait: false, scheduled: undefined };
    jobs.set(promise, job);
    if (isDerivedExpected) {
      isDerivedExpected = false;
      derived = job.id;
      return;
    }
    const frame = parent === undefined ? undefined : schedulingFrame(frames(2, init));
    if (parent === undefined || frame === undefined) return;
    recorder.touch();
    const place = placeOfFrame(frame);
    const name = frame.getFunctionName();
    const label = name ? `await in ${name}` : 'await';
    const waitsFor = jobs.get(parent)?.id ?? 0;
    job.origin = recorder.origin(place);
    candidate = {
      promise,
      commit() {
        job.isWait = true;
        job.scheduled = recorder.schedule({ kind: 'microtask', label, place, scheduled: place }, { waitsFor });
      },
    };
  }

  function before(promise: object): void {
    commit();
    const job = jobs.get(promise);
    recorder.enter(promise, 'PROMISE', job?.origin ?? recorder.origin());
    if (!job?.scheduled || recorder.isInEvent) return;
    recorder.begin(job.scheduled);
    // Once more: it is resolved with what the function has returned, a promise or a thenable.
    job.scheduled = undefined;
  }

  function after(promise: object): void {
    commit();
    recorder.leave(promise);
  }

  function settled(promise: object): void {
    if (candidate?.promise === promise) candidate = undefined;
    const job = jobs.get(promise);
    // Of what a wait has made nobody but the runtime knows, so nobody waits for it.
    if (job && !job.isWait) recorder.resolve(job.id);
  }

  // An exception in a hook would end the program.
  const guarded =
    <A extends unknown[]>(hook: (...args: A) => void) =>
    (...args: A): void => {
      if (recorder.isStopped) return;
      try {
        hook(...args);
      } catch {
        recorder.stop('broken');
      }
    };
  promiseHooks.createHook({
    init: guarded(init),
    before: guarded(before),
    after: guarded(after),
    settled: guarded(settled),
  });

  return {
    idOf: (promise) => jobs.get(promise)?.id ?? 0,
    expectDerived() {
      isDerivedExpected = true;
      derived = 0;
    },
    takeDerived() {
      isDerivedExpected = false;
      return derived;
    },
  };
}
