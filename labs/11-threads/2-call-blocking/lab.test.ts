// The tests of lab 11.2. What comes back is compared with what is computed here. That the loop goes on is proved by
// functions which get on only when the loop has brought them numbers from here, and by the CPU time that the operating
// system counts for each thread.
import { pbkdf2Sync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, random, subject, test } from 'interleave/kit';
import { afterRounds } from './after-rounds.ts';
import {
  everyFailureIsHeard,
  lookAt,
  notOnTheMainThread,
  rejected,
  resolved,
  sentence,
  settled,
  show,
  textOf,
} from './call-checks.ts';
import type * as Driver from './driver.ts';
import type * as Lab from './lab.ts';
import { priceOf } from './library.ts';
import type { Outcome } from './seen-threads.ts';

const program = () => subject<typeof Lab, typeof Driver>();

test('the promise brings what the function returned', async () => {
  const { driver } = await program();
  const { int } = random();
  const [bottles, cents] = [int(2, 99), int(2, 999)];
  const [password, salt, rounds] = [`p${int(1, 1e9)}`, `s${int(1, 1e9)}`, int(100, 999)];
  const reason = `no tea on shelf ${int(1, 1e6)}`;
  const { outcomes, unheard } = await driver.callAll([
    { name: 'priceOf', args: [bottles, cents] },
    { module: 'node:crypto', name: 'pbkdf2Sync', args: [password, salt, rounds, 16, 'sha256'] },
    { name: 'same', args: [0] },
    { name: 'same', args: [undefined] },
    { name: 'same', args: [new RangeError(reason)] },
  ]);
  everyFailureIsHeard(unheard);
  const price = resolved(outcomes[0], `priceOf(${bottles}, ${cents})`);
  check(price === priceOf(bottles, cents), {
    expected: `${priceOf(bottles, cents)}, what priceOf(${bottles}, ${cents}) returns`,
    happened: `The promise brought ${sentence(show(price))}`,
    look: 'what the function is called with (args is a list, and the function wants its items), and what the thread sends back.',
  });
  const key = resolved(outcomes[1], 'pbkdf2Sync(...) of node:crypto');
  const rightKey = Buffer.from(pbkdf2Sync(password, salt, rounds, 16, 'sha256')).toString('hex');
  check(key instanceof Uint8Array && Buffer.from(key).toString('hex') === rightKey, {
    expected: `the 16 bytes that pbkdf2Sync of node:crypto returns, ${rightKey}`,
    happened: `The promise brought ${sentence(show(key))}`,
    look: 'what the thread imports, and how the result comes out of it. postMessage copies bytes as bytes.',
  });
  const isValue = 'how you tell that there is a result. A message has come, and what it brought may be anything.';
  for (const [index, value] of [0, undefined].entries()) {
    const got = resolved(outcomes[2 + index], `same(${value}), which returns ${value},`, isValue);
    check(got === value, {
      expected: `${value}, for same(${value}) returns what it is given`,
      happened: `The promise brought ${sentence(show(got))}`,
      look: got === null ? 'how args and the result cross: JSON knows no undefined, postMessage does.' : isValue,
    });
  }
  const returned = settled(outcomes[4], 'same(error)');
  check(returned.kind === 'resolved', {
    expected: `the promise to resolve with RangeError: ${reason}, which the function returned`,
    happened: 'It rejected, as if the function had thrown.',
    look: 'how you tell a result from a failure. An Error is a value like any other, until somebody throws it.',
  });
  check(textOf(returned.value) === `RangeError: ${reason}`, {
    expected: `the error that the function returned, RangeError: ${reason}`,
    happened: `The promise brought ${sentence(show(returned.value))}`,
    look: isValue,
  });
});

test('the loop goes on while the function blocks', async () => {
  const { driver, observe } = await program();
  const { int } = random();
  const rounds = int(90_000_000, 100_000_000);
  const numbers = [int(1, 1e9), int(1, 1e9)];
  let asked = 0;
  const { result, seen } = await observe(() =>
    driver.holdAndCompute(
      rounds,
      () => numbers[asked++] ?? 0,
      // What the threads used is read every 10 ms; the thread stays until it was read once more.
      () => sleep(25),
    ),
  );
  const { outcome, started, unheard } = result;
  everyFailureIsHeard(unheard);
  notOnTheMainThread([outcome]);
  check(started > 0 || outcome.kind === 'rejected', {
    expected: 'a thread of this program to call the function',
    happened: 'No thread was started.',
    look: 'what your code starts. A Worker is another thread; a process has a main thread again, and shares no memory with yours.',
  });
  const value = resolved(outcome, 'a function that blocks until the loop brings it two numbers');
  check(asked === numbers.length, {
    expected: 'the event loop to ask for two numbers while the function blocks',
    happened: `The promise brought ${show(value)} when ${asked === 0 ? 'nothing' : 'one'} had been asked for.`,
    look: 'whether the function was called at all, and whether the promise waits for its result.',
  });
  const right = afterRounds(
    numbers.reduce((sum, number) => sum + number),
    rounds,
  );
  check(value === right, {
    expected: `${right}, which the function computed from the numbers that the loop brought`,
    happened: `The promise brought ${sentence(show(value))}`,
    look: 'what the promise resolves with.',
  });
  check(started === 1, {
    expected: 'one thread for one call',
    happened: `${started} threads were started in the program.`,
    look: 'each place where a Worker is made.',
  });
  const count = int(2, 99);
  const loaded = await driver.callAll([{ module: './price-list.ts', name: 'boxes', args: [count] }]);
  everyFailureIsHeard(loaded.unheard);
  notOnTheMainThread(loaded.outcomes);
  const boxes = resolved(loaded.outcomes[0], `boxes(${count}) of a module that blocks while it is loaded`);
  check(boxes === count * 475, {
    expected: `${count * 475}, what boxes(${count}) of price-list.ts returns`,
    happened: `The promise brought ${sentence(show(boxes))}`,
    look: 'which module the thread imports, and when the function is called.',
  });
  if (!seen) return;
  check(seen.mainCpuMs < 0.25 * (seen.mainCpuMs + seen.newThreadsCpuMs), {
    expected: 'the thread to do the work, with the main thread idle meanwhile',
    happened: `The main thread used ${Math.round(seen.mainCpuMs)} ms of CPU time, the new thread ${Math.round(seen.newThreadsCpuMs)} ms.`,
    look: 'which thread really calls the function, and what the main thread does while it waits: it should listen, not ask again and again.',
  });
});

test(
  'calls block at the same time, each in a thread of its own',
  async () => {
    const { driver } = await program();
    const { int, shuffled } = random();
    // More than anybody would take for a sensible limit. They use hardly any CPU time, for they sleep.
    const words = Array.from({ length: 7 }, () => int(1, 1e6));
    // The one that was called last is not the first to return, and not the last.
    const [first = 0, second = 0, ...others] = shuffled([0, 1, 2, 3, 4, 5]);
    const order = [first, 6, second, ...others];
    const { outcomes, came, startedByThen, started, unheard } = await driver.meetAll(words, order);
    everyFailureIsHeard(unheard);
    notOnTheMainThread(outcomes);
    check(came === words.length || outcomes.some(({ kind }) => kind === 'rejected'), {
      expected: `${words.length} functions to block at the same time: none returns before all have been called`,
      happened: `${came === 1 ? 'Only one was called, and the next' : `${came} were called, and the others`} never came while ${came === 1 ? 'it' : 'they'} blocked. ${startedByThen === 1 ? 'One thread had been started by then.' : `${startedByThen} threads had been started by then.`}`,
      look: 'what a call waits for before its function is called. A thread that is blocked takes no other work, so each call needs its own.',
    });
    const ofOneCall =
      'what the calls have in common. What belongs to one call (its Worker, its promise) must not stand outside of the function, where the next call finds it.';
    const got = outcomes.map((outcome) =>
      resolved(outcome, `one of ${words.length} calls at the same time`, ofOneCall),
    );
    check(
      words.every((word, index) => got[index] === word),
      {
        expected: `each call to bring what its own function returned: ${words.join(', ')}`,
        happened: `They brought ${got.map(show).join(', ')}.`,
        look: ofOneCall,
      },
    );
    check(started === words.length, {
      expected: `${words.length} threads for ${words.length} calls`,
      happened: `${started} were started.`,
      look: 'each place where a Worker is made.',
    });
  },
  // Seven threads, on a machine that may be busy.
  { limitMs: 6_000 },
);

test('the function works on copies', async () => {
  const { driver } = await program();
  const { int } = random();
  const points = new Map(['ann', 'ben'].map((name) => [name, int(1, 999)]));
  const bytes = Uint8Array.from({ length: 4 }, () => int(1, 99));
  const late = 1_000_000;
  const addends = [...points.values(), ...bytes];
  const sum = addends.reduce((a, b) => a + b);
  const seen = await driver.takeAll(points, bytes, late);
  everyFailureIsHeard(seen.unheard);
  const got = resolved(seen.outcome, 'a function that adds up a Map and some bytes');
  check(got !== sum + late, {
    expected: `a copy of args as they were when callBlocking was called: ${addends.join(', ')}`,
    happened: `The function also found ${late}, which the caller put into its Map right after callBlocking had returned.`,
    look: 'what happens before args are copied, and in which turn. An async function runs at once, but only up to its first await.',
  });
  check(got === sum, {
    expected: `${sum}, the sum of ${addends.join(', ')}`,
    happened: `The promise brought ${sentence(show(got))}`,
    look: 'what the function is called with.',
  });
  check(seen.bytes !== undefined, {
    expected: 'the caller to keep its bytes: the function works on a copy',
    happened: `The caller had ${bytes.length} bytes and has none any more.`,
    look: 'transferList: what is transferred is no copy, the sender loses it.',
  });
  const left = [...seen.points.values(), ...seen.bytes];
  const mine = [...points.values(), late, ...bytes];
  check(left.join() === mine.join(), {
    expected: `the caller's Map and bytes to be as the caller left them: ${mine.join(', ')}`,
    happened: `They hold ${left.join(', ')}: the function cleared them when it had added them up.`,
    look: 'where the function runs. Another thread gets copies; whoever is called on the same thread gets the things themselves.',
  });
});

test('what the function threw comes out', async () => {
  const { driver } = await program();
  const { int } = random();
  const [reason, shelf] = [`no milk on shelf ${int(1, 1e6)}`, int(1, 1e6)];
  const path = `/no such folder ${int(1, 1e9)}/file`;
  const { outcomes, unheard } = await driver.callAll([
    { name: 'fail', args: [reason, shelf] },
    { module: 'node:fs', name: 'readFileSync', args: [path] },
  ]);
  everyFailureIsHeard(unheard);
  const look = 'what becomes of what the function throws. A throw in a thread reaches no caller by itself.';
  const error = rejected(outcomes[0], `a function that throws RangeError: ${reason}`, look);
  const thrown = `RangeError: ${reason}`;
  check(textOf(error) === thrown, {
    expected: `the promise to reject with what the function threw, ${thrown}`,
    happened: `It rejected with ${sentence(show(error))}`,
    look: lookAt(error, 'how what was thrown gets out of the thread. A Worker has an event for it.'),
  });
  const withoutMore =
    'how what was thrown gets out of the thread. postMessage copies name, message, stack and cause of an Error and nothing else; the "error" event of a Worker brings more.';
  const other = (error as { shelf?: unknown }).shelf;
  check(other === shelf, {
    expected: `the error that the function threw, with its property shelf, ${shelf}`,
    happened: `It has the same name and message, and its shelf is ${show(other)}.`,
    look: withoutMore,
  });
  const missing = rejected(outcomes[1], 'readFileSync of node:fs, for a file that does not exist,', look);
  const code = (missing as { code?: unknown } | undefined)?.code;
  check(code === 'ENOENT', {
    expected: 'the error of readFileSync, whose code is ENOENT: callers look at it',
    happened: `The promise rejected with ${show(missing)}, and its code is ${show(code)}.`,
    look: withoutMore,
  });
  const falsy = [undefined, 0, ''];
  const thrownValues = await driver.callAll(falsy.map((value) => ({ name: 'throwIt', args: [value] })));
  everyFailureIsHeard(thrownValues.unheard);
  for (const [index, value] of falsy.entries()) {
    const got = rejected(thrownValues.outcomes[index], `a function that throws ${show(value)}`, look);
    check(got === value, {
      expected: `the promise to reject with ${show(value)}: it is what the function threw`,
      happened: `It rejected with ${sentence(show(got))}`,
      look: lookAt(
        got,
        'how you tell that something was thrown. "error" has come, and what it brought may be anything.',
      ),
    });
  }
});

test('a call that brings no result rejects', async () => {
  const { driver } = await program();
  const { int } = random();
  const missing = `missing${int(1, 1e6)}`;
  const cases = [
    {
      call: { name: 'makeCounter', args: [] },
      is: 'a function whose result, a function, cannot be copied,',
      look: 'what the thread does when postMessage throws, and who hears of it.',
    },
    {
      call: { name: 'same', args: [() => {}] },
      is: 'same(a function), which cannot be copied,',
      look: 'where the function is called. What cannot be copied cannot get into a thread.',
    },
    {
      call: { name: missing, args: [] },
      is: `${missing}, which the module does not export,`,
      look: 'what the thread does when there is no such function.',
    },
    {
      call: { module: `node:${missing}`, name: 'same', args: [] },
      is: `a function of node:${missing}, a module that does not exist,`,
      look: 'what becomes of a failed import.',
    },
    {
      call: { name: 'leave', args: [] },
      is: 'a function that ends its thread with process.exit(0)',
      look: 'what is known when a thread has ended: exit code 0 says that nothing was thrown. Was there a result?',
    },
  ];
  const { outcomes, started, unheard } = await driver.callAll(cases.map(({ call }) => call));
  everyFailureIsHeard(unheard);
  check(started <= cases.length, {
    expected: `one thread at most for each of ${cases.length} calls`,
    happened: `${started} threads were started for them, and it did not look as if that would end.`,
    look: 'what you do when a thread has ended without a result. The same function does the same in the next one.',
  });
  for (const [index, { is, look }] of cases.entries()) {
    const error = rejected(outcomes[index], is, look);
    check(error instanceof Error, {
      expected: `the promise of ${is} to reject with an Error`,
      happened: `It rejected with ${show(error)}, a ${typeof error}.`,
      look: 'what you reject with: new Error(...) has a stack, which says where it was made.',
    });
  }
});

test('a program that only waits for a call gets its result', async () => {
  const { driver } = await program();
  const word = random().int(1, 1e6);
  const seen = await driver.callAlone(word);
  if (seen === undefined) return;
  const right = JSON.stringify({ value: Math.imul(word, 1_664_525) });
  check(seen.printed === right, {
    expected: `a program that does nothing but wait for one call to print ${right}`,
    happened:
      seen.code === 13
        ? 'It ended with exit code 13 and printed nothing: there was an "await", and nothing for which Node would have stayed.'
        : `It printed ${seen.printed === '' ? 'nothing' : show(seen.printed)}, and its exit code was ${show(seen.code)}.`,
    look: 'what keeps a program alive while a thread works for it: the thread does, until somebody says that it need not count.',
  });
});

test('the thread is gone when the promise settles', async () => {
  const { driver, leftovers } = await program();
  const { int } = random();
  const word = int(1, 1e6);
  const reason = `no line to shelf ${int(1, 1e6)}`;
  for (const isInVain of [false, true]) {
    let left: string[] = [];
    const { outcome, here, unheard } = await driver.leaveATimer(
      isInVain ? 'connectInVain' : 'connect',
      isInVain ? reason : word,
      async () => {
        left = await untilNothingIsLeft(leftovers);
      },
    );
    everyFailureIsHeard(unheard);
    notOnTheMainThread([outcome]);
    const does = isInVain ? 'throws' : 'returns';
    check(outcome.kind !== 'pending', {
      expected: `the promise to settle when a function ${does} and leaves a timer running in its thread`,
      happened: `It stayed pending long after the function had ended: the timer keeps the thread alive, and "exit" does not come by itself.`,
      look: 'what your promise waits for, and who ends a thread whose work is done. No thread ends while something can still happen in it.',
    });
    if (isInVain) {
      const error = rejected(
        outcome,
        `a function that throws RangeError: ${reason}`,
        'what becomes of what it throws.',
      );
      check(textOf(error) === `RangeError: ${reason}`, {
        expected: `the promise to reject with RangeError: ${reason}`,
        happened: `It rejected with ${sentence(show(error))}`,
        look: lookAt(error, 'which of several failures counts. A thread that you stop has not failed by itself.'),
      });
    } else {
      const got = resolved(outcome, `a function that returns ${word}`);
      check(got === word, {
        expected: `${word}, which the function returned`,
        happened: `The promise brought ${sentence(show(got))}`,
        look: 'where the result is kept until the thread has ended.',
      });
    }
    nothingIsThere(
      here,
      left,
      `a function that ${does} and leaves a timer running`,
      isInVain
        ? 'what your promise waits for when the function has thrown. "error", or a message of your own, says that it has; the thread is still there. Something else says that it is gone.'
        : undefined,
    );
  }
});

test('an aborted call stops its thread', async () => {
  const { driver, leftovers } = await program();
  const reason = new Error(`the guest of table ${random().int(1, 1e6)} has left`);
  let left: string[] = [];
  const { outcomes, here, unheard } = await driver.abortBoth(reason, async () => {
    left = await untilNothingIsLeft(leftovers);
  });
  everyFailureIsHeard(unheard);
  notOnTheMainThread(outcomes);
  const calls = ['a function that loops for ever', 'a function that sleeps for ever'];
  const [spun] = outcomes;
  check(spun?.kind !== 'pending', {
    expected: `the promise of ${calls[0]} to reject when its signal is aborted`,
    happened: 'It stayed pending, and the thread went on looping, long after the signal had been aborted.',
    look: 'what you do at the "abort" event of each signal, and whether the thread can take notice: one that is blocked receives no message. It has to be stopped from outside.',
  });
  for (const [index, outcome] of outcomes.entries()) isAborted(outcome, calls[index] ?? '', reason);
  nothingIsThere(here, left, 'two functions that block for ever, whose signal was aborted');
});

test('a signal is listened to only while a call runs', async () => {
  const { driver } = await program();
  const { int } = random();
  const word = int(1, 1e6);
  const reason = new Error(`the shop closed at ${int(1, 1e6)}`);
  const seen = await driver.signalOutlivesItsCalls(word, reason);
  everyFailureIsHeard(seen.unheard);
  const got = resolved(seen.outcomes[0], `same(${word}), with a signal that is not aborted,`);
  check(got === word, {
    expected: `${word}, for nothing was aborted`,
    happened: `The promise brought ${sentence(show(got))}`,
    look: 'what you do with a signal that is not aborted.',
  });
  const error = rejected(seen.outcomes[1], 'a function that throws', 'what becomes of what it throws.');
  check(textOf(error) === 'RangeError: no tea', {
    expected: 'RangeError: no tea, which the function threw; nothing was aborted',
    happened: `The promise rejected with ${sentence(show(error))}`,
    look: 'what you do with a signal that is not aborted.',
  });
  isAborted(seen.last, 'a call whose signal is aborted before it begins', reason);
  check(seen.startedForLast === 0, {
    expected: 'no thread to be started for a call whose signal is already aborted',
    happened: `${seen.startedForLast === 1 ? 'A thread was' : `${seen.startedForLast} threads were`} started.`,
    look: 'what you look at first. A signal that was aborted earlier sends no "abort" event any more; it has a property for it.',
  });
  const { listenersLeft } = seen;
  check(listenersLeft === 0, {
    expected: 'nobody to listen to the signal when its two calls are over',
    happened: `${listenersLeft} ${listenersLeft === 1 ? 'listener was' : 'listeners were'} still there. A server whose one signal lives as long as it does would collect one for every call.`,
    look: 'what you put on the signal, and who takes it off again when the call ends without an abort: { once: true } only does when the event comes.',
  });
});

function isAborted(outcome: Outcome | undefined, call: string, reason: Error): void {
  const error = rejected(
    outcome,
    call,
    'what you look at in the signal, and when: "abort" comes once, and not to those who come late.',
  );
  const isSentAlong = /is not a function|could not be cloned/.test(textOf(error));
  const look = isSentAlong
    ? 'where the signal is listened to. It does not travel into a thread, and one that is blocked could not listen.'
    : 'which failure comes first, and which of them you hand on: a signal has its reason. That a thread which you stopped has ended is no news.';
  check(textOf(error) === textOf(reason), {
    expected: `the promise of ${call} to reject with the reason of its signal, ${textOf(reason)}`,
    happened: `It rejected with ${sentence(show(error))}`,
    look: lookAt(error, look, isSentAlong),
  });
}

function nothingIsThere(
  here: number,
  left: readonly string[],
  after: string,
  look = 'the end of the thread: is it told to end at all, and does somebody wait until it has? terminate() only begins it.',
): void {
  check(here === 0 && left.length === 0, {
    expected: `no thread to be there any more when the promise settles, after ${after}`,
    happened: `${here > 0 ? `${here === 1 ? 'A thread was' : `${here} threads were`} still there when it settled` : `It settled, and ${left.join(' and ')} was still there`}.`,
    look,
  });
}

/** A thread that has failed may be on its way out; one that was left behind stays for as long as this waits. */
async function untilNothingIsLeft(leftovers: () => string[]): Promise<string[]> {
  let left = leftovers();
  for (let look = 0; look < 50 && left.length > 0; look += 1) {
    await sleep(10);
    left = leftovers();
  }
  return left;
}
