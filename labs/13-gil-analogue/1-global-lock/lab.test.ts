// The suite of lab 13.1. The explorer judges; only what a body returns and throws is compared with what is drawn here.
import { check, explore, random, subject, test } from 'interleave/kit';
import type * as Driver from './driver.ts';
import type * as Lab from './lab.ts';

test('two threads are never inside together', async () => {
  await explore('in-and-out.scenario.ts', {
    expected:
      'two threads to take the lock, one of them twice, never both at the same time, and both to come to their end',
    look: 'the steps of acquire and release between which the other thread came in. Whoever looks first and acts later acts upon old news.',
  });
});

test('of three threads nobody is left asleep', async () => {
  const look =
    'who was asleep when the lock was given back, on which word, and whom notify woke. Is the one who was woken the one whose turn it is?';
  await explore('three.scenario.ts', {
    expected: 'three threads to take the lock once each, and all of them to come to their end',
    look,
  });
  await explore('woken-in-turn.scenario.ts', {
    expected:
      'release to wake the thread whose turn it is, also when another one sleeps on the same word (thread 0 wakes whoever sleeps, to see who does)',
    look: `${look} That it finds out by itself when its time limit is over comes too late.`,
  });
});

test('a thread that waits sleeps', async () => {
  await explore('asleep.scenario.ts', {
    expected:
      'a thread that finds the lock taken to sleep until it is given back, and to be woken by release then (before that the suite wakes it, to see whether it sleeps: it must go on waiting)',
    look: 'what acquire does while it waits, and what release does about it. Thread 0 gives the lock back as soon as it has found thread 1 asleep on one of the four words. Atomics.wait sleeps, as long as the word is what it expects; a loop that asks does not. Whoever wakes up looks again whether it is its turn; and release wakes whoever sleeps, also one who would find out by itself when its time limit is over.',
  });
});

test('who waits comes in before who comes back', async () => {
  const expected =
    'a thread that sleeps in acquire to have the lock before the one that gives it back has it again (in the picture the suite has woken it before, to see whether it sleeps)';
  await explore('overtaking.scenario.ts', {
    expected,
    look: 'what the memory says between release and the moment at which the sleeper is awake. If it says "free", it is free for whoever comes first, and somebody who is awake is faster than somebody who has to wake up.',
  });
  await explore('woken.scenario.ts', {
    expected,
    look: 'what keeps thread 0 from the lock. A nap, or a wait that is over when somebody wakes it, gives the other one time, and nobody knows how much it needs. Whoever wakes up looks again whether it is its turn.',
  });
});

test('release by one who does not hold it is refused', async () => {
  await explore('refused.scenario.ts', {
    expected:
      'release to throw an Error when the thread that calls it does not hold the lock, and to leave the lock as it is',
    look: 'what release does for a thread that does not hold the lock: it throws an Error before it changes anything, and does not return in silence. And how a thread knows that it is the one that holds the lock, and whether it knows when it no longer is. That somebody holds it is not enough.',
  });
});

test('run gives the lock back however the body ends', async () => {
  await explore('run.scenario.ts', {
    expected:
      'run to return what its body returns, to throw what it throws, and to give the lock back once in both cases',
    look: 'every way out of run: the end, a return, a throw.',
  });
  const { driver } = await subject<typeof Lab, typeof Driver>();
  const { int } = random();
  const [answer, reason] = [int(1, 1e6), `no page ${int(1, 1e6)}`];
  const { returned, thrown } = await driver.runAlone(answer, reason);
  check(returned === answer, {
    expected: `run to return what its body returned, ${answer}`,
    happened: `It returned ${String(returned)}. No other thread was there.`,
    look: 'what becomes of the result of the body.',
  });
  check(thrown === reason, {
    expected: `run to throw what its body threw, RangeError: ${reason}`,
    happened: thrown === undefined ? 'It threw nothing.' : `It threw something with the message "${thrown}".`,
    look: 'which error leaves run.',
  });
});
