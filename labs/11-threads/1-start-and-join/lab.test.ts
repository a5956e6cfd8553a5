// The suite of lab 11.1. What a thread answers is compared with what is computed here; that threads run at the same
// time is proved by threads that cannot go on alone, and by the CPU time that the operating system counts for each.
import { setTimeout as sleep } from 'node:timers/promises';
import { check, random, subject, test } from 'interleave/kit';
import { afterRounds } from './after-rounds.ts';
import type * as Driver from './driver.ts';
import {
  anError,
  answersIn,
  everyFailureIsHeard,
  everyStartIsOne,
  fewStarted,
  isEchoed,
  isNothing,
  isWhatWasThrown,
  namesTheCode,
  noException,
  noExceptionIn,
  nobodyIsStopped,
  rejected,
  resolved,
  sentence,
  settled,
  show,
  textOf,
  whichFailure,
} from './ending-checks.ts';
import type * as Lab from './lab.ts';

const program = () => subject<typeof Lab, typeof Driver>();

test('a thread gets its data, and join brings back its answer', async () => {
  const { driver } = await program();
  const { int } = random();
  const [a, b, c] = [int(1, 999), int(1, 999), int(1, 999)];
  // 0 and undefined are answers, too.
  const adding = [
    { ann: a, ben: b, cid: c },
    { ann: a, ben: -a },
  ].map((points) => new Map(Object.entries(points)));
  const jobs = [
    ...adding.map((points) => ({ file: 'add-up', data: { points } })),
    { file: 'say', data: { word: undefined } },
    { file: 'echo', data: int(1, 1_000_000) },
  ];
  const late = 1_000_000;
  const { started, stopped, outcomes, data, unheard } = await driver.joinAtOnce(jobs, late);
  everyFailureIsHeard(unheard);
  everyStartIsOne(started, jobs.length);
  for (const [index, points] of adding.entries()) {
    const addends = [...points.values()];
    const sum = addends.reduce((left, right) => left + right);
    const whose = `a thread that answers ${sum} and ends`;
    settled(outcomes[index], 'join', whose);
    nobodyIsStopped(stopped);
    const answer = resolved(outcomes[index], 'join', whose);
    check(answer !== sum + late, {
      expected: `a copy of the data as it was when start was called: a Map with ${addends.join(', ')}`,
      happened: `The thread also found ${late}, which the caller put into the Map right after start had returned.`,
      look: 'when the Worker is made: new Worker copies the data, so it has to come before start returns.',
    });
    check(answer === sum, {
      expected: `the answer ${sum} from the thread that was to add up ${addends.join(', ')}`,
      happened: `join resolved with ${sentence(show(answer))}`,
      look: 'what start hands over as workerData, and which value join resolves with: what the thread sent as its message, be it 0.',
    });
    check(started === jobs.length, {
      expected: `${jobs.length} threads, for start was called ${jobs.length} times`,
      happened: `${fewStarted(started, jobs.length)}, and yet join brought an answer.`,
      look: 'start: a Worker is a thread, and a file that is imported is not.',
    });
    const left = (data[index] as { points: Map<string, number> }).points.size;
    check(left === points.size + 1, {
      expected: 'the Map of the caller to be as it was: a thread works on a copy of its data',
      happened: `The thread emptied its Map, and the caller's one has ${left} of ${points.size + 1} entries.`,
      look: 'start: was a thread started at all?',
    });
  }
  isNothing(resolved(outcomes.at(-2), 'join', 'a thread that answers undefined and ends'));
  isEchoed(resolved(outcomes.at(-1), 'join', 'a thread that answers with its data'), jobs.at(-1)?.data);
});

test(
  'join waits for the end of the thread, not for its answer',
  async () => {
    const { driver } = await program();
    const { int } = random();
    const [word, code] = [int(1, 1_000_000), int(2, 99)];
    const reason = `no salt on shelf ${int(1, 1_000_000)}`;
    const seen = await driver.joinBeforeTheEnd(word, reason, code);
    everyFailureIsHeard(seen.unheard);
    const whose = 'a thread that answers, works on, and ends';
    settled(seen.working, 'join', whose);
    nobodyIsStopped(seen.stopped);
    const answer = resolved(seen.working, 'join', whose);
    check(seen.isTidy, {
      expected: 'join to come back when the thread has ended',
      happened:
        'join came back while the thread was still running: it had answered, or was about to, and had more work to do.',
      look: 'the event at which your promise settles. "message" says that an answer came; which one says that the thread is gone? No pause is long enough.',
    });
    check(answer === word, {
      expected: `the thread's answer, ${word}`,
      happened: `join resolved with ${sentence(show(answer))}`,
      look: 'where the answer is kept until the thread has ended.',
    });
    rejected(seen.failing, 'join', `a thread that throws RangeError: ${reason}`);
    check(seen.isGone, {
      expected: 'join to come back when the thread has ended, also when it threw',
      happened: 'join rejected while the thread was still running: it had thrown, and had not ended.',
      look: 'what you do at "error". It says what was thrown; the thread is on its way out, and "exit" is still to come.',
    });
    const left = `a thread that answers and then leaves with exit code ${code}`;
    namesTheCode(rejected(seen.leaving, 'join', left), code, left);
  },
  // The threads are held for a while.
  { limitMs: 6_000 },
);

test('what the thread threw comes out of join', async () => {
  const { driver } = await program();
  const { int } = random();
  const shelf = int(1, 1_000_000);
  const failing = { reason: `no milk on shelf ${shelf}`, shelf };
  const late = { word: int(1, 1_000_000), reason: `no rice on shelf ${int(1, 1_000_000)}` };
  const seen = await driver.joinFailures(failing, late);
  everyFailureIsHeard(seen.unheard);
  const thrown = `RangeError: ${failing.reason}`;
  const error = rejected(seen.failing, 'join', `a thread that throws ${thrown}`);
  isWhatWasThrown(error, thrown, shelf);
  const thrownLate = `RangeError: ${late.reason}`;
  const lateError = rejected(seen.late, 'join', `a thread that answers and then throws ${thrownLate}`);
  noException(lateError);
  check(textOf(lateError) === thrownLate, {
    expected: `join to reject with what the thread threw after its answer, ${thrownLate}`,
    happened: `It rejected with ${sentence(show(lateError))}`,
    look: 'which failure join hands on. A thread that threw has exit code 1; what it threw says more, also after an answer.',
  });
});

test('a thread that ends without an answer makes join reject', async () => {
  const { driver } = await program();
  const codes = [0, random().int(2, 99)];
  const { outcomes, unheard } = await driver.joinAtOnce(codes.map((code) => ({ file: 'leave', data: { code } })));
  everyFailureIsHeard(unheard);
  for (const [index, code] of codes.entries()) {
    const whose = `a thread that ends with exit code ${code} and never answers`;
    anError(rejected(outcomes[index], 'join', whose), whose);
  }
});

test('join may come after the thread has ended', async () => {
  const { driver } = await program();
  const { int } = random();
  const points = new Map(['ann', 'ben'].map((name) => [name, int(1, 1_000)]));
  const reason = `no bread on shelf ${int(1, 1_000_000)}`;
  const code = int(2, 99);
  const jobs = [
    { file: 'add-up', data: { points } },
    { file: 'fail', data: { reason } },
    { file: 'answer-then-leave', data: { word: int(1, 1_000_000), code } },
    { file: 'leave', data: { code } },
  ];
  const { started, outcomes, exitsUnheard, unheard } = await driver.joinLate(jobs);
  const late = 'ended before join was called';
  const whose = [
    `a thread that answered and ${late}`,
    `a thread that threw RangeError: ${reason} and ${late}`,
    `a thread that answered, left with exit code ${code} and ${late}`,
    `a thread that left with exit code ${code} without an answer and ${late}`,
  ] as const;
  // When nothing was started, this says more than that.
  if (outcomes[0]?.kind === 'not started') settled(outcomes[0], 'join', 'a thread that answers and ends');
  everyStartIsOne(started, jobs.length);
  check(started === jobs.length, {
    expected: `${jobs.length} threads to be at work after start was called ${jobs.length} times`,
    happened: `${fewStarted(started, jobs.length)} before join was called.`,
    look: 'where you make the Worker: start begins the thread, join only waits for it.',
  });
  everyFailureIsHeard(unheard);
  for (const [index, outcome] of outcomes.entries()) settled(outcome, 'join', whose[index] ?? '', exitsUnheard > 0);
  const answer = resolved(outcomes[0], 'join', whose[0]);
  const sum = [...points.values()].reduce((a, b) => a + b);
  check(answer === sum, {
    expected: `the answer ${sum}`,
    happened: `join resolved with ${sentence(show(answer))}`,
    look: 'where the answer waits until somebody asks for it.',
  });
  rejected(outcomes[1], 'join', whose[1]);
  namesTheCode(rejected(outcomes[2], 'join', whose[2]), code, whose[2]);
  anError(rejected(outcomes[3], 'join', whose[3]), whose[3]);
});

test('runAll runs all threads at the same time', async () => {
  const { driver, observe } = await program();
  const { int } = random();
  const count = 3;
  const work = Array.from({ length: count }, () => ({
    seed: int(0, 0x7fff_ffff),
    rounds: int(30_000_000, 40_000_000),
  }));
  const { result, seen } = await observe(() =>
    // What the threads used is read every 10 ms; they stay until it was read once more.
    driver.meetAndCompute(work, () => sleep(25)),
  );
  everyFailureIsHeard(result.unheard);
  noExceptionIn(result.outcome);
  const { started, stopped } = result;
  everyStartIsOne(started, count);
  check(started === count, {
    expected: `${count} threads at the same time: each waits for the others before it begins`,
    happened: `${fewStarted(started, count)}, and no other came while ${started > 1 ? 'these' : 'it'} waited.`,
    look: 'what holds back the next start in runAll: an await inside of the loop, or a limit on how many may run at once. First start all of them, then wait.',
  });
  const whose = `${count} threads that answer and end`;
  settled(result.outcome, 'runAll', whose);
  nobodyIsStopped(stopped);
  const answers = answersIn(resolved(result.outcome, 'runAll', whose));
  const values = work.map(({ seed, rounds }) => afterRounds(seed, rounds));
  check(answers.length === count && values.every((value) => answers.includes(value)), {
    expected: `the answers ${values.join(', ')}, in any order`,
    happened: `They were ${answers.map(show).join(', ') || 'none'}.`,
    look: 'whether runAll waits for every one of its threads, whether each job has a thread of its own, and which data start hands to it.',
  });
  if (!seen) return;
  check(seen.mainCpuMs < 0.25 * (seen.mainCpuMs + seen.newThreadsCpuMs), {
    expected: 'the work to be done by the threads, with the main thread idle meanwhile',
    happened: `The main thread used ${Math.round(seen.mainCpuMs)} ms of CPU time, the new threads ${Math.round(seen.newThreadsCpuMs)} ms.`,
    look: 'which thread really runs the file of the job.',
  });
});

test(
  'runAll gives the answers in the order of the jobs',
  async () => {
    const { driver } = await program();
    const { int } = random();
    // More than anybody would take for a sensible limit. They use hardly any CPU time, for they sleep until their turn.
    const words = Array.from({ length: 9 }, () => int(1, 1_000_000));
    // Each ends in another place than it was started in, and the last one is never the last to end.
    const by = int(1, words.length - 1);
    const turns = words.map((_, index) => ((index + by) % words.length) + 1);
    const { outcome, started, stopped, running, unheard } = await driver.endInTurn(words, turns);
    everyFailureIsHeard(unheard);
    noExceptionIn(outcome);
    everyStartIsOne(started, words.length);
    check(started === words.length, {
      expected: `${words.length} threads at the same time, for there are ${words.length} jobs`,
      happened: `${fewStarted(started, words.length)}, and no other came while ${started > 1 ? 'these' : 'it'} waited.`,
      look: 'what limits how many threads runAll has at work at once. Threads that wait need no core: start all of them.',
    });
    settled(outcome, 'runAll', 'threads that answer and end');
    nobodyIsStopped(stopped);
    check(running === 0, {
      expected: 'runAll to come back when all of its threads have ended',
      happened: `It came back while ${running} of its ${started} threads still ran.`,
      look: 'which threads runAll waits for. They end in any order: the one that was started last may well end first.',
    });
    const answers = answersIn(resolved(outcome, 'runAll', 'threads that answer and end'));
    check(answers.length === words.length && words.every((word) => answers.includes(word)), {
      expected: `the answers ${words.join(', ')}`,
      happened: `They were ${answers.map(show).join(', ') || 'none'}.`,
      look: 'whether each job has a thread of its own, and what becomes of its answer.',
    });
    const isInOrder = words.every((word, index) => answers[index] === word);
    check(isInOrder, {
      expected: `the answers in the order of the jobs: ${words.join(', ')}`,
      happened: `They were ${answers.map(show).join(', ')}. The threads ended in another order than they were started in.`,
      look: 'how an answer finds its place. Threads end in any order; only the job knows where its answer belongs.',
    });
  },
  // Nine threads, on a machine that may be busy.
  { limitMs: 6_000 },
);

test('runAll leaves no thread running when one fails', async () => {
  const { driver, leftovers } = await program();
  const { int } = random();
  const reasons = [`no eggs on shelf ${int(1, 1_000_000)}`, `no oil on shelf ${int(1, 1_000_000)}`] as const;
  const thrown = reasons.map((reason) => `RangeError: ${reason}`);
  let left: string[] = [];
  const { outcome, started, running, unheard } = await driver.failAmongOthers(reasons, async () => {
    // The thread that failed may be on its way out; the others would stay for as long as this waits.
    for (let look = 0; look < 20; look += 1) {
      left = leftovers();
      if (left.length === 0) return;
      await sleep(10);
    }
  });
  everyFailureIsHeard(unheard);
  noExceptionIn(outcome);
  everyStartIsOne(started, 4);
  const error = rejected(outcome, 'runAll', `four jobs of which two throw, ${thrown.join(' and ')}`);
  check(running === 0 && left.length === 0, {
    expected: 'no thread to be running any more when runAll rejects',
    happened: `runAll came back while ${running > 0 ? `${running} of its ${started} threads` : left.join(' and ')} still ran.`,
    look: 'what runAll waits for when one fails: Promise.all then waits for nobody. Let the others finish or stop them, but wait for their end.',
  });
  check(thrown.includes(textOf(error)), {
    expected: `runAll to reject with what a thread threw, ${thrown.join(' or ')}`,
    happened: `It rejected with ${sentence(show(error))}`,
    look: `which failure runAll hands on. ${whichFailure(error)}`,
  });
});
