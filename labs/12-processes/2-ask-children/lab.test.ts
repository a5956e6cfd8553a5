// The suite of lab 12.2. The children are real processes, puppets that are told over a socket when to answer, to crash and to be
// killed (puppets.ts), so that nothing here depends on how long anything takes.
import { isDeepStrictEqual } from 'node:util';
import { check, random, test } from 'interleave/kit';
import { show, Show, told } from './show.ts';

const lookAtNumber = 'how an answer finds the promise that waits for it: by its number, and by nothing else.';
const lookAtSend = 'what ask sends, to whom, and when: { id, question }, at once.';
const lookAtEnd = 'what you do when a child ends: which questions it had, and who tells their promises.';

test('a question and its answer arrive as what they are', () =>
  Show.of(1, async (seen) => {
    const { int } = random();
    const question = {
      seats: new Map([[int(1, 99), 'Ann']]),
      date: new Date(int(0, 1e12)),
      note: undefined,
    };
    await seen.ask(question);
    const child = seen.children[0];
    const message = child?.asked[0];
    check(child !== undefined && message !== undefined, {
      expected: 'the question to reach a child',
      happened: `No child was asked anything. ${told(seen.outcome(0))}`,
      look: lookAtSend,
    });
    check(child.args.length === 0, {
      expected: 'children that are started without arguments',
      happened: `This one was started with ${show(child.args)}.`,
      look: 'what fork gets besides the file and its options.',
    });
    check(isDeepStrictEqual(child.questions[0], question), {
      expected: `a child to get { id, question }, the question being ${show(question)}`,
      happened: `It got ${show(message)}.`,
      look: 'what the channel makes of a value. JSON knows less than a structured clone; fork has an option for that.',
    });
    child.tell({ do: 'echo', index: 0 });
    const outcome = await seen.settled(0, 'a question that was answered', lookAtNumber);
    check(outcome.kind === 'resolved' && isDeepStrictEqual(outcome.value, question), {
      expected: `the answer, which is the question: ${show(question)}`,
      happened: told(outcome),
      look: 'what of the message ask resolves with.',
    });
  }));

test('an answer finds its question, in whatever order it comes', () =>
  Show.of(1, async (seen) => {
    const { int, shuffled } = random();
    const questions = named('question', 4);
    await seen.ask(...questions);
    const answers = questions.map(() => int(1, 1e6));
    // 0 and undefined are answers, too.
    answers[int(0, 1)] = 0;
    const values: unknown[] = [...answers];
    values[int(2, 3)] = undefined;
    // The first answer is that of neither the first nor the last question.
    const first = int(1, 2);
    const order = [first, ...shuffled([0, 1, 2, 3].filter((index) => index !== first))];
    for (const [turn, index] of order.entries()) {
      const { child, index: place } = seen.reached(questions[index], lookAtSend);
      child.answer(place, values[index]);
      const isSettled = (other: number) => seen.outcome(other).kind !== 'pending';
      const later = order.slice(turn + 1);
      await seen.until(() => isSettled(index) || later.some(isSettled));
      await seen.turns();
      const early = later.find(isSettled);
      check(early === undefined, {
        expected: 'a question that was not answered yet to wait',
        happened: `The answer to ${show(questions[index])} came, and the promise of ${show(questions[early ?? 0])} settled ${isSettled(index) ? 'as well' : 'in its place'}.`,
        look: lookAtNumber,
      });
      const outcome = await seen.settled(index, `the question whose answer came`, lookAtNumber);
      check(outcome.kind === 'resolved' && outcome.value === values[index], {
        expected: `the answer to ${show(questions[index])}, ${show(values[index])}`,
        happened: told(outcome),
        look:
          outcome.kind === 'resolved'
            ? lookAtNumber
            : 'how you tell an answer from an error. An answer may be 0 or undefined: what counts is which of the two names is in the message.',
      });
    }
  }));

test('an error that a child sends comes out of ask', () =>
  Show.of(1, async (seen) => {
    const { int } = random();
    const [question, other] = named('question', 2);
    const value = int(1, 1e6);
    const reason = `no milk on shelf ${int(1, 1e6)}`;
    await seen.ask(question, other);
    const { child, index } = seen.reached(question, lookAtSend);
    child.tell({ do: 'fail', index, reason });
    const outcome = await seen.settled(0, 'a question to which an error came back', lookAtNumber);
    const error = outcome.kind === 'rejected' ? outcome.error : undefined;
    check(error instanceof Error && error.name === 'RangeError' && error.message === reason, {
      expected: `ask to reject with the child's error, RangeError: ${reason}`,
      happened: told(outcome),
      look: 'what you do with { id, error }. Hand on the error itself.',
    });
    const second = seen.reached(other, lookAtSend);
    second.child.answer(second.index, value);
    const later = await seen.settled(1, 'another question of the same child', lookAtNumber);
    check(later.kind === 'resolved' && later.value === value, {
      expected: `the other question of that child to get its answer, ${value}`,
      happened: told(later),
      look: 'what an error means: one question failed, and the child is well.',
    });
  }));

test('questions go to the child that has the fewest', () =>
  Show.of(3, async (seen) => {
    const questions = named('question', 6);
    await seen.ask(...questions);
    for (const question of questions)
      seen.reached(question, 'what ask waits for before it sends. It need not wait for anybody.');
    atMost(seen, 3);
    const loads = seen.children.map(({ asked }) => asked.length);
    check(isDeepStrictEqual(loads, [2, 2, 2]), {
      expected: '6 questions for 3 children: 2 each',
      happened: `They have ${loads.join(', ')}.`,
      look: 'how a question finds its child.',
    });
    const idle = seen.children[random().int(0, 2)];
    // An error settles a question like an answer.
    for (const index of [0, 1]) idle?.tell({ do: 'fail', index, reason: 'no milk' });
    const answered = questions.flatMap((question, index) => (seen.holder(question)?.child === idle ? [index] : []));
    for (const index of answered) await seen.settled(index, 'a question that was answered', lookAtNumber);
    const more = named('late question', 2);
    await seen.ask(...more);
    const holders = more.map((question) => seen.reached(question, lookAtSend).child);
    check(
      holders.every((child) => child === idle),
      {
        expected: 'two more questions to go to the child that has sent an error for each of its own',
        happened: `${holders.filter((child) => child !== idle).length} of them went to a child that has two already.`,
        look: 'how you know what a child has under way. A question is off the list when an answer or an error has come. Taking turns is not the same.',
      },
    );
  }));

test('a crash fails what the child had, and nothing else', async () => {
  const code = random().int(2, 99);
  for (const { how, name } of [
    { how: { do: 'die', signal: 'SIGKILL' } as const, name: 'SIGKILL' },
    { how: { do: 'exit', code } as const, name: String(code) },
  ])
    await Show.of(2, async (seen) => {
      const questions = named('question', 4);
      await seen.ask(...questions);
      const { child } = seen.reached(questions[0], lookAtSend);
      const isLost = questions.map((question) => seen.reached(question, lookAtSend).child === child);
      child.tell(how);
      await seen.until(() => child.isGone && seen.exited === 1);
      for (const [index, lost] of isLost.entries()) if (lost) await failedBecause(seen, index, name);
      await seen.turns();
      const others = isLost.flatMap((lost, index) => (lost ? [] : [index]));
      const failed = others.filter((index) => seen.outcome(index).kind !== 'pending');
      check(failed.length === 0, {
        expected: "the other child's questions to wait for their answers",
        happened: `${failed.length} of its ${others.length} promises had settled: ${told(seen.outcome(failed[0] ?? 0))}`,
        look: 'which questions you give up when a child ends: only those that this child had.',
      });
      for (const index of others) await answered(seen, questions[index], index);
    });
});

test('after a crash the questions go on', async () => {
  for (const isIdle of [false, true])
    await Show.of(2, async (seen) => {
      const questions = named('question', 2);
      await seen.ask(...questions);
      const { child } = seen.reached(questions[0], lookAtSend);
      if (isIdle) await answered(seen, questions[0], 0);
      child.tell({ do: 'die', signal: 'SIGKILL' });
      await seen.until(() => child.isGone && seen.exited === 1);
      if (!isIdle) await failedBecause(seen, 0, 'SIGKILL');
      await seen.turns();
      const more = named('later question', 3);
      await seen.ask(...more);
      const look = `to whom a question goes when a child has ended${isIdle ? ' that had nothing to do' : ''}: not to that one, and not to the others alone.`;
      for (const question of more) seen.reached(question, look);
      atMost(seen, 2);
      const loads = seen.there.map(({ asked }) => asked.length);
      check(isDeepStrictEqual(loads, [2, 2]), {
        expected: 'another child in the place of the one that ended, so that two children have two questions each',
        happened: `There ${loads.length === 1 ? 'is one child' : `are ${loads.length} children`}, with ${loads.join(' and ')} questions.`,
        look: 'when you start a child: whenever there is a question, and fewer children than there may be.',
      });
      for (const [index, question] of more.entries()) await answered(seen, question, index + 2);
      nothingTwice(seen);
    });
});

test('a question to a child that has just died fails like any other', () =>
  Show.of(1, async (seen) => {
    const [first, second, third] = named('question', 3);
    await seen.ask(first);
    const { child } = seen.reached(first, lookAtSend);
    await answered(seen, first, 0);
    await seen.askAfterKilling(child, second, 1);
    // Some pools may have noticed nevertheless, and have started another child for it.
    if (seen.holder(second)) await answered(seen, second, 1);
    else
      await failedBecause(seen, 1, 'SIGKILL', {
        whose: 'a question to a child that had been killed a moment ago',
        look: 'who says how a child ended. That a message could not be sent tells neither code nor signal; the end of the child comes right behind it.',
      });
    await seen.ask(third);
    await seen.until(() => seen.holder(third) !== undefined);
    await answered(seen, third, 2);
  }));

test('a child that never gets going is not started over and over', () =>
  Show.of(
    2,
    async (seen) => {
      for (let index = 0; index < 3; index += 1) {
        await seen.program.driver.ask(`question ${index}`);
        await seen.until(() => seen.outcome(index).kind !== 'pending' || seen.started > mostStarted);
        atMostStarted(seen);
        await failedBecause(seen, index, '9', { whose: 'a question to a child that ends as soon as it is started' });
      }
      // Whoever starts one whenever one ends does not stop here.
      await seen.until(() => seen.started > mostStarted);
      atMostStarted(seen);
    },
    'ends-at-once',
  ));

test('a question that cannot be sent fails alone', () =>
  Show.of(2, async (seen) => {
    await seen.program.driver.askImpossible();
    const outcome = await seen.settled(
      0,
      'a question with a function in it',
      'what send does with what it cannot clone, and who hears of it.',
    );
    check(outcome.kind === 'rejected', {
      expected: 'ask to reject for a question with a function in it, which cannot be cloned',
      happened: told(outcome),
      look:
        outcome.kind === 'threw'
          ? 'where send throws. Whoever calls ask has a promise to look at, and no try around the call.'
          : 'what the channel makes of a function. JSON leaves it out without a word.',
    });
    const questions = named('question', 4);
    await seen.ask(...questions);
    for (const question of questions) seen.reached(question, lookAtSend);
    const loads = seen.children.map(({ asked }) => asked.length);
    check(isDeepStrictEqual(loads, [2, 2]), {
      expected: 'the next 4 questions to be spread over 2 children, 2 each',
      happened: `They have ${loads.join(' and ')}.`,
      look: 'what ask had noted before send threw. Nobody will answer that question.',
    });
    // One child has nothing under way any more, the other one two questions. What cannot be sent changes nothing.
    const [free, busy] = seen.children;
    for (const question of free?.questions ?? [])
      await answered(seen, question, 1 + questions.indexOf(String(question)));
    await seen.program.driver.askImpossible();
    await seen.program.driver.askImpossible();
    for (const index of [5, 6]) await seen.settled(index, 'a question with a function in it', lookAtSend);
    const more = named('later question', 2);
    await seen.ask(...more);
    const astray = more.filter((question) => seen.reached(question, lookAtSend).child !== free);
    check(astray.length === 0, {
      expected: 'two questions to go to the child that had nothing under way, after two that could not be sent',
      happened: `${astray.length} of them went to the child that had two already.`,
      look: 'what counts as under way. A question that could not be sent is with nobody.',
    });
    for (const question of busy?.questions ?? [])
      await answered(seen, question, 1 + questions.indexOf(String(question)));
    for (const [index, question] of more.entries()) await answered(seen, question, index + 7);
    await seen.program.driver.close();
    await closed(seen, 'what ask had noted before send threw: nobody will answer that question.');
  }));

test('close waits for what is under way, and leaves nobody behind', async () => {
  for (const crashes of [false, true])
    await Show.of(2, async (seen) => {
      const questions = named('question', 4);
      await seen.ask(...questions);
      const { child: first } = seen.reached(questions[0], lookAtSend);
      await seen.program.driver.close();
      await seen.turns();
      check(seen.closing?.kind === 'pending', {
        expected: 'close to wait while questions are under way',
        happened: 'It settled although none of 4 questions had been answered.',
        look: 'what close waits for before it ends anybody.',
      });
      check(seen.there.length === 2 && !seen.there.some(({ isAsked }) => isAsked), {
        expected: 'the children to be left alone while questions are under way',
        happened: 'close was called, and children were ended in the middle of their questions.',
        look: 'what close waits for before it ends anybody.',
      });
      await seen.program.driver.ask('too late');
      await seen.until(() => seen.outcome(4).kind !== 'pending' || seen.holder('too late') !== undefined);
      check(seen.outcome(4).kind === 'rejected' && seen.holder('too late') === undefined, {
        expected: 'a question that comes after close to be refused',
        happened: seen.holder('too late') ? 'It was sent to a child.' : told(seen.outcome(4)),
        look: 'what ask looks at first, and how it says no: whoever calls it has a promise to look at.',
      });
      if (crashes) first.tell({ do: 'die', signal: 'SIGKILL' });
      for (const [index, question] of questions.entries()) {
        const { child } = seen.reached(question, lookAtSend);
        if (crashes && child === first) await failedBecause(seen, index, 'SIGKILL');
        else await answered(seen, question, index);
      }
      await closed(
        seen,
        crashes
          ? 'what close waits for when a child has crashed meanwhile: its event has been, and does not come again.'
          : 'which event says that a child is gone, and whether somebody listens when it comes.',
      );
    });
});

/** Demands that close ends everybody, all at once or one after the other, and resolves when they are gone. */
async function closed(seen: Show, look: string): Promise<void> {
  const askedToEnd = () => seen.there.find(({ isAsked }) => isAsked);
  for (;;) {
    await seen.until(() => seen.closing?.kind !== 'pending' || seen.there.length === 0 || askedToEnd() !== undefined);
    await seen.turns();
    const { there, closing } = seen;
    check(closing?.kind === 'resolved' || closing?.kind === 'pending', {
      expected: 'close to resolve',
      happened: closing ? told(closing) : 'It was not called.',
      look: 'what close does with questions that failed. It waits for them, and that is all.',
    });
    if (there.length === 0) break;
    check(closing.kind === 'pending', {
      expected: 'close to settle when the children are gone',
      happened: `It settled while ${there.length === 1 ? 'a child was' : `${there.length} children were`} still there${askedToEnd() ? ', on their way out' : ''}.`,
      look: 'what kill tells you. It sends a signal, and the end is an event.',
    });
    const next = askedToEnd();
    check(next !== undefined, {
      expected: 'close to end the children when nothing is under way any more',
      happened: `Nobody has asked ${there.length === 1 ? 'the last child' : `any of the ${there.length} children`} to end, and by themselves they do not.`,
      look: `what close waits for, and what it does then. To close the channel is not enough here. And ${look}`,
    });
    next.tell({ do: 'exit', code: 0 });
    await seen.until(() => next.isGone);
  }
  await seen.until(() => seen.closing?.kind !== 'pending');
  check(seen.closing?.kind !== 'pending', {
    expected: 'close to settle',
    happened: 'It was still pending when all of the children were gone.',
    look,
  });
  const left = seen.program.leftovers();
  check(left.length === 0, {
    expected: 'nobody to be there any more when close resolves',
    happened: `There was still ${left.join(' and ')}.`,
    look: 'which children close knows of.',
  });
}

/** Demands that a promise has rejected, because a child ended. */
async function failedBecause(
  seen: Show,
  index: number,
  name: string,
  {
    whose = 'a question that a child had when it ended',
    look = 'what "exit" and "close" bring: a code and a signal, of which one is null.',
  } = {},
): Promise<void> {
  await seen.until(() => seen.outcome(index).kind !== 'pending');
  nothingTwice(seen);
  const outcome = await seen.settled(index, whose, lookAtEnd);
  const expected = `the promise of ${whose} to reject with an Error that names ${name}`;
  check(outcome.kind !== 'rejected' || outcome.error instanceof Error, {
    expected,
    happened: `It rejected with ${show(outcome.kind === 'rejected' && outcome.error)}, which is no Error.`,
    look: 'what reject is given. Whoever catches it asks for a message, and for the line that it came from.',
  });
  const isNamed =
    outcome.kind === 'rejected' &&
    outcome.error instanceof Error &&
    new RegExp(`\\b${name}\\b`).test(outcome.error.message);
  check(isNamed, { expected, happened: told(outcome), look });
}

/** Demands that no question has gone to two children. */
function nothingTwice({ children }: Show): void {
  const asked = children.flatMap(({ questions }) => questions);
  check(new Set(asked).size === asked.length, {
    expected: 'no question to be sent twice',
    happened: 'A question that a child had when it ended was sent to another one.',
    look: 'what becomes of a question whose child has ended. Half of its work may be done: whoever asked must decide.',
  });
}

/** Lets a question be answered, and demands that its promise brings the answer. */
async function answered(seen: Show, question: unknown, index: number): Promise<void> {
  const { child, index: place } = seen.reached(question, lookAtSend);
  const value = `answer to ${String(question)}`;
  child.answer(place, value);
  const outcome = await seen.settled(index, 'a question that was answered', lookAtNumber);
  check(outcome.kind === 'resolved' && outcome.value === value, {
    expected: `the answer ${show(value)}`,
    happened: told(outcome),
    look: lookAtNumber,
  });
}

function atMost(seen: Show, size: number): void {
  check(seen.mostAlive <= size, {
    expected: `${size} children at most`,
    happened: `There were ${seen.mostAlive} at a time.`,
    look: 'when a child is started: for a question, and not because another one ended; one that is starting counts.',
  });
}

/** Two when the pool is opened, and two for each of three questions. */
const mostStarted = 8;

function atMostStarted(seen: Show): void {
  check(seen.started <= mostStarted, {
    expected: 'eight children at most, for a pool of two and three questions',
    happened: `${seen.started} were started: each of them ended at once, and another one came in its place.`,
    look: 'what makes you start a child. The end of another one is no reason; a question is.',
  });
}

function named(kind: string, count: number): string[] {
  const { int } = random();
  const base = int(1, 1e6);
  return Array.from({ length: count }, (_, index) => `${kind} ${base + index}`);
}
