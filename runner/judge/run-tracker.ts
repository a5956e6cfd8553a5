// What a run is doing, unless it is over before anybody would wonder. It knows nothing of how that is shown.
import type { WatchEvent } from './watch-lab.ts';
import type { Busy } from '../terminal/bottom-block.ts';

export interface RunTracker {
  follow(event: WatchEvent): void;
  /** What there is to say now; undefined while nothing runs or it has only just begun. */
  busy(): Busy | undefined;
  close(): void;
}

/** Words that come and go sooner flicker; later, nobody knows whether the save was seen. */
const patienceMs = 100;
const tickMs = 1_000;

/** @param onChange called when what `busy` gives has changed */
export function trackRun(onChange: () => void): RunTracker {
  let since: number | undefined;
  let test: string | undefined;
  /** the first test of this run that has failed: worth knowing before the others are through */
  let failed: string | undefined;
  let clock: NodeJS.Timeout | undefined;

  function stop(): void {
    clearInterval(clock);
    since = undefined;
    test = undefined;
    failed = undefined;
  }

  return {
    follow(event) {
      if (event.kind === 'polling' || event.kind === 'same') return;
      if (event.kind === 'test') {
        const { news } = event;
        test = news.kind === 'began' ? news.name : undefined;
        if (news.kind === 'ended' && news.result.status === 'failed') failed ??= news.result.name;
        return;
      }
      const wasShown = busy() !== undefined;
      stop();
      if (event.kind === 'started') {
        since = performance.now();
        clock = setTimeout(() => {
          onChange();
          clock = setInterval(onChange, tickMs);
        }, patienceMs);
      }
      if (wasShown) onChange();
    },
    busy,
    close: stop,
  };

  function busy(): Busy | undefined {
    const ms = since === undefined ? 0 : performance.now() - since;
    // A timer may be early by less than a millisecond.
    if (ms < patienceMs - 5) return undefined;
    const seconds = Math.floor(ms / 1_000);
    const running = test === undefined ? 'Starting your program' : `Running "${test}"`;
    return {
      what: failed === undefined ? running : `${running} ("${failed}" has failed)`,
      elapsed: seconds === 0 ? '' : `${seconds} s`,
    };
  }
}
