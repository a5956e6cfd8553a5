// The suite of lab 12.1. The programs are real processes, puppets that are told over a socket what to do (puppets.ts), so that
// nothing here depends on how long anything takes.
import { isDeepStrictEqual } from 'node:util';
import { check, random, test } from 'interleave/kit';
import type { Puppet } from './puppets.ts';
import { endingOf, isEnding, isRuns, outputOf, runsIn } from './run-checks.ts';
import { ordinal, show, Show, times } from './show.ts';

const lookAtEvents =
  'which events your promise waits for, and whether they all come for a program that ends like this.';
const lookAtLoop = 'what decides in supervise whether there is another round.';

test('a run brings the output and a clean end', () =>
  Show.of(async (seen) => {
    await seen.run();
    const puppet = await seen.puppetNumber(1, 'where run starts the program: at once, with its command and arguments.');
    const output = `Grüße an Nr. ${random().int(1, 1_000_000)}\n`;
    const bytes = Buffer.from(output);
    // The second piece begins in the middle of the ü. The program's loop turns between the two.
    for (const piece of [bytes.subarray(0, 3), bytes.subarray(3)]) {
      puppet.tell({ do: 'print', bytes: piece.toString('hex') });
      await seen.until(() => !puppet.isBusy);
      await seen.turns();
    }
    puppet.tell({ do: 'exit', code: 0 });
    const got = await seen.value('a program that prints a line and ends', lookAtEvents);
    const text = outputOf(got);
    check(!text.includes('\uFFFD'), {
      expected: `the output ${show(output)}, of which half a letter came first`,
      happened: `It was ${show(text)}: both halves were made text, each by itself.`,
      look: 'where bytes become text. A chunk may end in the middle of a letter.',
    });
    check(text === output, {
      expected: `the output ${show(output)}`,
      happened: `It was ${show(text)}.`,
      look: 'how the pieces are put together.',
    });
    isEnding(endingOf(got), { kind: 'finished' }, 'a program that ends with exit code 0');
  }));

test('a crash, a kill and a program that never ran are told apart', async () => {
  const code = random().int(2, 99);
  await Show.of(async (seen) => {
    await seen.run();
    (await seen.puppetNumber(1, lookAtEvents)).tell({ do: 'exit', code });
    const whose = `a program that ends with exit code ${code}`;
    isEnding(endingOf(await seen.value(whose, lookAtEvents)), { kind: 'crashed', code }, whose);
  });
  await Show.of(async (seen) => {
    await seen.run();
    (await seen.puppetNumber(1, lookAtEvents)).tell({ do: 'die', signal: 'SIGKILL' });
    const whose = 'a program that is ended by SIGKILL';
    isEnding(endingOf(await seen.value(whose, lookAtEvents)), { kind: 'killed', signal: 'SIGKILL' }, whose);
  });
  await Show.of(async (seen) => {
    await seen.run(missing());
    const whose = 'a program that does not exist';
    isEnding(endingOf(await seen.value(whose, lookAtEvents)), { kind: 'not started', code: 'ENOENT' }, whose);
  });
});

test('the output is whole when the promise settles', () =>
  Show.of(async (seen) => {
    const { int } = random();
    const [first, last] = [`line ${int(1, 1e6)}\n`, `last line ${int(1, 1e6)}\n`];
    await seen.run();
    const puppet = await seen.puppetNumber(1, lookAtEvents);
    puppet.tell({ do: 'leaveHelper' });
    await seen.until(() => seen.helpers.length === 1 || puppet.isGone);
    puppet.tell({ do: 'print', bytes: hex(first) }, { do: 'exit', code: 0 });
    await seen.until(() => seen.exited === 1);
    // A promise that settles at the end of the process settles now.
    await seen.turns();
    check(!seen.isSettled, {
      expected: 'the promise to wait for the end of the output',
      happened:
        'It settled when the process had ended. A helper of its own still had the same pipe open, and a line to write.',
      look: 'which event says that the process has ended, and which one that nothing more can come out of its pipes.',
    });
    seen.helpers[0]?.tell({ do: 'print', bytes: hex(last) }, { do: 'exit', code: 0 });
    const got = await seen.value('a program whose helper has written the last line and ended', lookAtEvents);
    check(outputOf(got) === first + last, {
      expected: `the output ${show(first + last)}`,
      happened: `It was ${show(outputOf(got))}.`,
      look: 'how long you listen to the output.',
    });
  }));

test('a program that complains at length is not held up', async () => {
  // The second time it is more than a pipe holds, and more than execFile keeps if it is told nothing else.
  for (const kilobytes of [16, 2_048])
    await Show.of(async (seen) => {
      const line = `milk bought: ${random().int(1, 1e6)}\n`;
      await seen.run();
      const puppet = await seen.puppetNumber(1, lookAtEvents);
      puppet.tell({ do: 'print', bytes: hex(line) }, { do: 'complain', kilobytes }, { do: 'exit', code: 0 });
      const ended = await seen.until(() => puppet.isGone);
      check(ended, {
        expected: `a program that writes ${kilobytes} KB to standard error to come to its end`,
        happened: `After ${lastNumber(puppet)} KB it stood still, in the middle of a write.`,
        look: 'who reads its standard error. A pipe that is full holds up whoever writes; what is not wanted need not be a pipe.',
      });
      const whose = 'a program that complains and then ends with exit code 0';
      const got = await seen.value(whose, lookAtEvents);
      isEnding(
        endingOf(got),
        { kind: 'finished' },
        whose,
        `who keeps what it writes to standard error, and what happens when ${kilobytes} KB are too much for them.`,
      );
      check(outputOf(got) === line, {
        expected: `the output ${show(line)}: what went to standard error is no part of it`,
        happened: `It was ${show(outputOf(got))}.`,
        look: 'which streams you listen to.',
      });
    });
});

test('what crashed is started again, after a pause, and what finished is not', () =>
  Show.of(async (seen) => {
    const code = random().int(2, 99);
    await seen.supervise();
    const ends = [
      { how: { do: 'exit', code } as const, words: `crashed with exit code ${code}` },
      { how: { do: 'die', signal: 'SIGKILL' } as const, words: 'was killed' },
      { how: { do: 'exit', code: 0 } as const, words: 'finished' },
    ];
    for (const [index, { how }] of ends.entries()) {
      const look = `${lookAtLoop} The program ${ends[index - 1]?.words ?? 'was never started'}.`;
      const puppet = await seen.puppetNumber(index + 1, look);
      puppet.tell({ do: 'print', bytes: hex(`run ${index + 1}`) }, how);
      await seen.gone(puppet);
      if (index < 2) await pausedBefore(seen, index + 1);
    }
    await seen.until(() => seen.isSettled || seen.sleeps.length > 2 || seen.alive > 0);
    await seen.turns();
    check(seen.started.length === 3 && seen.alive === 0 && seen.sleeps.length === 2, {
      expected: 'no further start and no further pause once the program has finished',
      happened: `It was started ${times(seen.started.length + seen.alive)} in all, and there were ${seen.sleeps.length} pauses.`,
      look: lookAtLoop,
    });
    const got = runsIn(await seen.value('a program that finished at last', lookAtLoop));
    isRuns(got, [{ kind: 'crashed', code }, { kind: 'killed', signal: 'SIGKILL' }, { kind: 'finished' }]);
    const outputs = got.map(outputOf);
    check(isDeepStrictEqual(outputs, ['run 1', 'run 2', 'run 3']), {
      expected: `the outputs 'run 1', 'run 2' and 'run 3', each with its run`,
      happened: `They were ${show(outputs)}.`,
      look: 'what supervise makes of what run brings.',
    });
  }));

test('restarts are counted, and each pause is twice the one before', () =>
  Show.of(async (seen) => {
    const { int } = random();
    const [restarts, pauseMs, code] = [3, int(20, 500), int(2, 99)];
    await seen.supervise({ restarts, pauseMs });
    for (let run = 1; run <= restarts + 1; run += 1) {
      const puppet = await seen.puppetNumber(
        run,
        `how many restarts are made: ${restarts} of them are ${restarts + 1} runs.`,
      );
      puppet.tell({ do: 'exit', code });
      await seen.gone(puppet);
      if (run <= restarts) await pausedBefore(seen, run);
    }
    await seen.until(() => seen.isSettled || seen.sleeps.length > restarts || seen.started.length > restarts + 1);
    await seen.turns();
    check(seen.sleeps.length === restarts, {
      expected: `${restarts} pauses, one before each restart`,
      happened: `sleep was called ${times(seen.sleeps.length)}.`,
      look: 'where the pause stands. After the last run there is nothing to wait for.',
    });
    const got = runsIn(await seen.value(`a program that has crashed in all of its ${restarts + 1} runs`, lookAtLoop));
    check(seen.started.length === restarts + 1, {
      expected: `${restarts + 1} runs, for it may be started again ${times(restarts)}`,
      happened: `It was started ${times(seen.started.length)}.`,
      look: lookAtLoop,
    });
    isRuns(
      got,
      Array.from({ length: restarts + 1 }, () => ({ kind: 'crashed', code })),
    );
    const pauses = seen.sleeps.map(({ ms }) => ms);
    check(isDeepStrictEqual(pauses, [pauseMs, 2 * pauseMs, 4 * pauseMs]), {
      expected: `pauses of ${pauseMs}, ${2 * pauseMs} and ${4 * pauseMs} ms`,
      happened: `They were ${pauses.map(show).join(', ')} ms.`,
      look: 'how the length of a pause follows from its number.',
    });
  }));

test('a program that never ran is not tried again', () =>
  Show.of(async (seen) => {
    await seen.supervise({}, missing());
    await seen.until(() => seen.isSettled || seen.sleeps.length > 0);
    check(seen.sleeps.length === 0, {
      expected: 'a program that does not exist to be tried once',
      happened: 'There was a pause, for another try.',
      look: 'which endings are worth another try. A program that is not there will not be there in a second, either.',
    });
    const got = runsIn(await seen.value('a program that does not exist', lookAtEvents));
    isRuns(got, [{ kind: 'not started', code: 'ENOENT' }]);
  }));

test('who is stopped is asked first, and killed when its time is up', async () => {
  const graceMs = random().int(500, 5_000);
  await Show.of(async (seen) => {
    const puppet = await asked(seen, graceMs);
    puppet.tell({ do: 'exit', code: 0 });
    await seen.gone(puppet);
    const look = 'what the promise waits for. A program that minds SIGTERM is gone before its time is up.';
    const got = runsIn(await seen.value('a program that ended when it was asked to', look));
    isRuns(got, [{ kind: 'finished' }]);
    hasPrinted(got);
    await nobodyIsLeft(seen);
  });
  await Show.of(async (seen) => {
    const puppet = await asked(seen, graceMs);
    const grace = seen.sleeps[0];
    check(!puppet.isGone, {
      expected: `a program that minds no SIGTERM to be left alone until sleep(${graceMs}) is over`,
      happened: 'It was killed while that sleep was still going on.',
      look: 'what stands between SIGTERM and SIGKILL.',
    });
    grace?.end();
    const isKilled = await seen.until(() => puppet.isGone || seen.isSettled);
    await seen.turns();
    check(isKilled && puppet.isGone, {
      expected: `SIGKILL after sleep(${graceMs}), for the program was still there`,
      happened: 'It was never killed, and is still running.',
      look: 'what comes after the sleep, and how you find out whether the program is still there. `killed` says that a signal was sent.',
    });
    await seen.until(() => seen.isSettled || seen.sleeps.length > 1);
    await seen.turns();
    check(seen.isSettled || seen.sleeps.length === 1, {
      expected: 'no pause when the program that was stopped has ended',
      happened: `sleep was called with ${show(seen.sleeps.at(-1)?.ms)}, and supervise waits for that: a pause before another start.`,
      look: 'where the loop looks whether it was stopped: a program that was killed by you is no reason to go on.',
    });
    const got = runsIn(await seen.value('a program that was killed', lookAtEvents));
    isRuns(got, [{ kind: 'killed', signal: 'SIGKILL' }]);
    hasPrinted(got);
    await nobodyIsLeft(seen);
  });
});

test('stopped in a pause, it starts nothing any more', async () => {
  const code = random().int(2, 99);
  await Show.of(async (seen) => {
    await seen.supervise();
    const puppet = await seen.puppetNumber(1, lookAtLoop);
    puppet.tell({ do: 'exit', code });
    await seen.gone(puppet);
    await seen.until(() => seen.sleeps.length > 0 || seen.isSettled || seen.alive > 0);
    await seen.program.driver.stop();
    await seen.until(() => seen.isSettled || seen.alive > 0);
    nothingIsStarted(seen);
    const look = 'what the pause waits for: its end, or the abort of the signal, whichever comes first.';
    const got = runsIn(await seen.value('a supervisor that is stopped in a pause', look));
    isRuns(got, [{ kind: 'crashed', code }]);
    for (const sleep of seen.sleeps) sleep.end();
    await nobodyIsLeft(seen);
  });
  await Show.of(async (seen) => {
    await seen.supervise({ isStopped: true });
    const look = 'what supervise does first. A signal that is aborted already sends no event.';
    await seen.until(() => seen.isSettled || seen.alive > 0);
    check(seen.alive === 0 && seen.started.length === 0, {
      expected: 'no start, for the signal had been aborted before',
      happened: 'The program was started.',
      look,
    });
    isRuns(runsIn(await seen.value('a supervisor that was stopped before it began', look)), []);
    await nobodyIsLeft(seen);
  });
});

const lastWords = 'I am still here\n';

/** Demands the output of a program that was stopped. */
function hasPrinted([only]: readonly unknown[]): void {
  check(outputOf(only) === lastWords, {
    expected: `the output that the program had written before it was stopped, ${show(lastWords)}`,
    happened: `It was ${show(outputOf(only))}.`,
    look: 'where the run in the list comes from. A stop brings about the end of a run, and that is where the run comes from.',
  });
}

/** A program that hears SIGTERM, has printed its last words, has been stopped, and has said that it was asked. */
async function asked(seen: Show, graceMs: number): Promise<Puppet> {
  await seen.supervise({ graceMs });
  const puppet = await seen.puppetNumber(1, lookAtLoop);
  puppet.tell({ do: 'resist' }, { do: 'print', bytes: hex(lastWords) });
  await seen.until(() => !puppet.isBusy);
  await seen.program.driver.stop();
  await seen.until(() => (puppet.has('heard SIGTERM') && seen.sleeps.length > 0) || puppet.isGone);
  // A promise that does not wait for the end, or a kill that does not wait for the sleep, would come now.
  await seen.turns();
  check(puppet.has('heard SIGTERM') && !puppet.isGone, {
    expected: 'the program to hear SIGTERM when the signal is aborted, and to be left alone then',
    happened: puppet.isGone
      ? 'It was ended at once, although it does not mind SIGTERM: either it was not asked, or it was killed in the same breath.'
      : 'Nobody asked it to end, and it runs on.',
    look: 'what happens to the program that is running when the signal is aborted.',
  });
  check(!seen.isSettled, {
    expected: 'the promise to wait until the program has ended',
    happened: 'It settled while the program was still running: SIGTERM had been sent, and nothing else had happened.',
    look: 'what kill tells you. It sends a signal, and the end is an event.',
  });
  const asks = seen.sleeps.map(({ ms }) => ms);
  check(isDeepStrictEqual(asks, [graceMs]), {
    expected: `sleep(${graceMs}) once, the time that the program is given`,
    happened: asks.length === 0 ? 'sleep was not called.' : `sleep was called with ${asks.map(show).join(', ')}.`,
    look: 'which clock decides when the time is up.',
  });
  return puppet;
}

/** Demands that a pause comes before the next start, and ends it. */
async function pausedBefore(seen: Show, restart: number): Promise<void> {
  await seen.until(() => seen.sleeps.length >= restart || seen.alive > 0 || seen.isSettled);
  // Whoever does not wait for the pause starts the program now.
  await seen.turns();
  const isPaused = seen.sleeps.length >= restart;
  const isStarted = seen.alive > 0 || seen.started.length > restart;
  if (!isPaused && !isStarted) return;
  check(isPaused && !isStarted, {
    expected: `a pause before the ${ordinal(restart)} restart`,
    happened: isPaused
      ? 'The program was started again while sleep was still going on.'
      : 'The program was started again, and sleep had not been called.',
    look: 'what stands between two runs, and whether it is awaited.',
  });
  seen.sleeps[restart - 1]?.end();
}

/** Demands that nothing runs any more, and that nothing is started. */
async function nobodyIsLeft(seen: Show): Promise<void> {
  await seen.turns();
  nothingIsStarted(seen);
  const left = seen.program.leftovers();
  check(left.length === 0 && seen.started.every(({ isGone }) => isGone), {
    expected: 'nothing to be running any more when the promise settles',
    happened: `There was still ${left.join(' and ') || 'the program'}.`,
    look: 'what the promise waits for.',
  });
}

/** Demands that nobody has come, and nobody is about to, who was not there when it was stopped. */
function nothingIsStarted(seen: Show): void {
  check(seen.alive === 0 || seen.started.some(({ isGone }) => !isGone), {
    expected: 'nothing to be started any more once it was stopped',
    happened: 'The program was started after that.',
    look: 'where the loop looks whether it was stopped.',
  });
}

function missing() {
  return { command: `no-such-program-${random().int(1, 1_000_000)}`, args: [] };
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

function lastNumber({ said }: Puppet): string {
  return /\d+/.exec(said.findLast((word) => word.startsWith('complained')) ?? '')?.[0] ?? '0';
}
