// The suite of lab 15.1. The lock for threads is judged by the explorer, only what a body returns and throws is compared with
// what is drawn here; the one for tasks by bodies that run here, where they can be held and counted, and by the explorer.
import { check, explore, random, subject, test } from 'interleave/kit';
import type * as Driver from './driver.ts';
import type * as Lab from './lab.ts';

const program = () => subject<typeof Lab, typeof Driver>();

test('two threads are never inside together', async () => {
  await explore('in-and-out.scenario.ts', {
    expected:
      'two threads to take the lock, one of them twice, never both at the same time, and both to come to their end',
    look: 'the steps of lock and unlock between which the other thread came in. Whoever looks first and acts later acts upon old news.',
  });
});

test('of three threads nobody is left asleep', async () => {
  await explore('three.scenario.ts', {
    expected: 'three threads to take the lock once each, and all of them to come to their end',
    look: 'the step in which the thread that is left lay down, and each later step that writes to the word on which it sleeps. After each of them: what in the memory tells whoever gives the lock back that somebody is asleep? One that has just been woken writes there, too, and it does not know who else sleeps.',
  });
});

test('a thread that waits sleeps', async () => {
  await explore('asleep.scenario.ts', {
    expected: 'a thread that finds the lock taken to sleep until it is given back, and to be woken then',
    look: 'what lock does while it waits, and what unlock does about it. Thread 0 gives the lock back as soon as it has found thread 1 asleep on one of the four words. Atomics.wait sleeps, as long as the word is what it expects; a loop that asks does not. And whoever sleeps is to be woken, also who would find out by itself when its time limit is over.',
  });
});

test('tryLock says at once whether it got in', async () => {
  await explore('try.scenario.ts', {
    expected: 'tryLock to return true when it has taken the lock, and false, at once, when somebody else has it',
    look: 'what tryLock returns, and whether it waits.',
  });
});

test('tryLock does no harm to those who wait', async () => {
  await explore('try-among.scenario.ts', {
    expected: 'a thread that only tries to leave the two that wait as they are',
    look: 'what tryLock writes when the lock is taken: it may not change the word then, for others have left a note in it.',
  });
});

test('runExclusive gives the lock back however the body ends', async () => {
  await explore('exclusive.scenario.ts', {
    expected:
      'runExclusive to return what its body returns, to throw what it throws, and to give the lock back once in both cases',
    look: 'every way out of runExclusive: the end, a return, a throw.',
  });
  const { driver } = await program();
  const { int } = random();
  const [answer, reason] = [int(1, 1_000_000), `no paper in tray ${int(1, 1_000_000)}`];
  const { returned, thrown } = await driver.goInAlone(answer, reason);
  check(returned === answer, {
    expected: `runExclusive to return what its body returned, ${answer}`,
    happened: `It returned ${String(returned)}. No other thread was there.`,
    look: 'what becomes of the result of the body.',
  });
  check(thrown === reason, {
    expected: `runExclusive to throw what its body threw, RangeError: ${reason}`,
    happened: thrown === undefined ? 'It threw nothing.' : `It threw something with the message "${thrown}".`,
    look: 'which error leaves runExclusive.',
  });
});

test('tasks go in one at a time, in the order in which they came', async () => {
  const { construct, driver } = await program();
  const { int } = random();
  const answers = Array.from({ length: int(4, 6) }, () => int(1, 1_000_000));
  const order: number[] = [];
  let [inside, most] = [0, 0];
  const bodies = answers.map((answer, task) => async () => {
    order.push(task);
    most = Math.max(most, ++inside);
    // A few words with the program: whoever it lets in meanwhile is heard before the last answer.
    for (let word = 0; word < 3; word++) await construct('AsyncMutex');
    inside--;
    return answer;
  });
  const results = await driver.runTogether(bodies);
  check(most === 1, {
    expected: 'one body at a time',
    happened: `${most} bodies were under way at once: the next one was called while the promise of the one before it had not settled.`,
    look: 'when the lock is given back, and who may take it then. A body is through when its promise has settled, and a task that was called has not yet run.',
  });
  const came = answers.map((_, task) => task);
  check(order.join() === came.join(), {
    expected: `the bodies to be called in the order in which they came: ${came.join(', ')}`,
    happened: `They were called in the order ${order.join(', ')}.`,
    look: 'from which end of your list the next one is taken, and whether somebody who comes just now can overtake.',
  });
  const wrong = results.findIndex((result, task) => result !== answers[task]);
  check(wrong < 0, {
    expected: `runExclusive to resolve with what its body resolved with, ${answers[wrong]}`,
    happened: `It resolved with ${String(results[wrong])}.`,
    look: 'which promise runExclusive returns.',
  });
});

test('nobody gets in between giving back and taking over', async () => {
  const { construct, driver } = await program();
  for (let microtasks = 0; microtasks <= 12; microtasks++) {
    const order: string[] = [];
    let [inside, most] = [0, 0];
    const [waiting, newcomer] = ['who waited', 'who came just then'].map((who) => async () => {
      order.push(who);
      most = Math.max(most, ++inside);
      for (let word = 0; word < 3; word++) await construct('AsyncMutex');
      inside--;
    });
    await driver.runAtRelease([waiting!, newcomer!], microtasks);
    const when = `The body inside was let go, and ${microtasks} ${microtasks === 1 ? 'microtask' : 'microtasks'} later another call came`;
    const look =
      'what the lock says between the moment when it is given back and the microtask in which the next in line goes on. A call that comes then must not find it free.';
    check(most === 1, {
      expected: 'one body at a time, also when a call comes just as the lock is given back',
      happened: `${when}: ${most} bodies were under way at once.`,
      look,
    });
    check(order[0] === 'who waited', {
      expected: 'a body that waits in line to go in before one that comes just as the lock is given back',
      happened: `${when}, and went in first.`,
      look,
    });
  }
});

test('a body that fails fails alone', async () => {
  const { construct, driver } = await program();
  const { int } = random();
  const mutex = await construct('AsyncMutex');
  const reason = `no tea for table ${int(1, 1_000_000)}`;
  const answers = [int(1, 99), int(100, 199)];
  let called = 0;
  const serve = (answer: number) => async () => {
    called++;
    return answer;
  };
  const tea = mutex['runExclusive']!(async () => {
    called++;
    throw new RangeError(reason);
  });
  const others = answers.map((answer) => mutex['runExclusive']!(serve(answer)));
  const [failed] = await Promise.allSettled([tea]);
  check(failed.status === 'rejected' && failed.reason instanceof Error && failed.reason.message === reason, {
    expected: `runExclusive to reject with what its body threw, RangeError: ${reason}`,
    happened:
      failed.status === 'fulfilled'
        ? `It resolved with ${String(failed.value)}.`
        : `It rejected with ${String(failed.reason)}.`,
    look: 'where the error of a body goes. The lock must not stumble over it, and whoever asked must hear of it.',
  });
  const settled = await Promise.race([
    Promise.allSettled(others),
    // A few words with the program: whatever it would do now, it has done then.
    (async () => {
      for (let word = 0; word < 20; word++) await construct('AsyncMutex');
      return undefined;
    })(),
  ]);
  check(settled !== undefined, {
    expected: 'the bodies behind the one that failed to have their turn',
    happened: `${called} of 3 bodies were called, and the others still wait: the lock was not given back.`,
    look: 'what gives the lock back when the body fails.',
  });
  const dragged = settled.find(({ status }) => status === 'rejected');
  check(dragged === undefined, {
    expected: 'the bodies behind the one that failed to have their turn',
    happened: `${called} of 3 bodies were called. One that had nothing to do with it rejected with ${String((dragged as PromiseRejectedResult | undefined)?.reason)}.`,
    look: 'what the next in line waits for: the end of the body before it, and not its success.',
  });
  const at = `no cake for table ${int(1, 1_000_000)}`;
  const number = int(1, 1_000_000);
  const [throwing, returning] = await driver.withoutPromises(at, number);
  check(throwing?.status === 'rejected' && throwing.value === at, {
    expected: `runExclusive to reject with what its body threw before it had made a promise, RangeError: ${at}`,
    happened: `It is ${throwing?.status}, with ${String(throwing?.value)}.`,
    look: 'a body that is no async function.',
  });
  check(returning?.status === 'fulfilled' && returning.value === number, {
    expected: `the next body, which returned ${number} and no promise, to have its turn`,
    happened: `Its promise is ${returning?.status}, with ${String(returning?.value)}.`,
    look: 'a body that is no async function.',
  });
});

test('two mutexes know nothing of each other', async () => {
  const { construct } = await program();
  const [one, other] = [await construct('AsyncMutex'), await construct('AsyncMutex')];
  const answer = random().int(1, 1_000_000);
  const { promise: isOpen, resolve: open } = Promise.withResolvers<void>();
  const inside = one['runExclusive']!(() => isOpen);
  const elsewhere = other['runExclusive']!(async () => answer);
  const came = await Promise.race([
    elsewhere,
    (async () => {
      for (let word = 0; word < 20; word++) await construct('AsyncMutex');
      return 'still waiting';
    })(),
  ]);
  open();
  await inside;
  check(came === answer, {
    expected: 'a body under one mutex to run while another mutex is taken',
    happened: 'It was not called until the other mutex was free again.',
    look: 'whom your queue belongs to: a variable outside of the class, or a static one, is shared by all.',
  });
});

test('no order of the operations loses a deposit', async () => {
  await explore('deposits.scenario.ts', {
    expected:
      'three tasks that read and write under the lock, one after the other, whatever order the store answers in',
    look: 'when the lock is given back: when the body is called, when it has returned its promise, or when that has settled?',
  });
});
