// Drills at a terminal whose cursor moves: the program is printed and stays, the lines to put in order stand at the bottom,
// and each key works as it is pressed. It knows nothing of how a drill is made or judged.
import { CourseError } from '../course/course-error.ts';
import { canMoveCursor } from '../terminal/io.ts';
import { listenToKeys } from '../terminal/keyboard.ts';
import { openScroll } from '../terminal/scroll.ts';
import { actionOf, type DrillAction, help, keysOf } from './drill-keys.ts';
import { packed, prose } from './drill-lines.ts';
import { type DrillWish, openSession } from './drill-session.ts';

/** As shells say it of a program that Ctrl-C ended. */
const interrupted = 130;

/** @returns the exit code: 0 after q, 130 after Ctrl-C or Ctrl-D */
export async function drillOn(wish: DrillWish): Promise<number> {
  if (!canMoveCursor(wish.io.stdout, wish.io.env)) {
    const { typeDrills } = await import('./typed-drills.ts');
    return await typeDrills(wish);
  }
  return await pressDrills(wish);
}

async function pressDrills(wish: DrillWish): Promise<number> {
  const { io } = wish;
  const session = await openSession(wish);
  const { style } = session;
  const end = Promise.withResolvers<number>();
  const stop = new AbortController();
  const scroll = openScroll(io);
  let taken: readonly string[] = [];
  let isAnswered = false;
  let remark: string | undefined;
  let running: Promise<void> | undefined;

  function drawBottom(): void {
    const [order, said, keys] = [taken, remark, keysOf({ shuffled: session.drill.shuffled, isAnswered })];
    const choices = session.choices(order);
    const answer = `Your order: ${order.length > 0 ? order.join(', ') : '(none yet)'}`;
    scroll.setBottom(
      (columns) => [
        ...(isAnswered || running ? [] : choices(columns - 1)),
        ...(isAnswered ? [] : prose(answer, columns - 1)),
        ...(said === undefined ? [] : prose(said, columns - 1).map(style.warning)),
        ...packed(keys, columns - 1).map(style.quiet),
      ],
      running && { what: 'Running it', elapsed: '' },
    );
  }

  function onKey(key: string): void {
    remark = undefined;
    const action = actionOf(key, { shuffled: session.drill.shuffled, taken, isAnswered });
    // Whoever types on while it runs means nothing by it.
    if (running && action.kind !== 'leave' && action.kind !== 'quit') return;
    act(action);
    drawBottom();
  }

  function act(action: DrillAction): void {
    switch (action.kind) {
      case 'taken':
        taken = action.taken;
        return;
      case 'judge':
        running = judge().catch(end.reject);
        return;
      case 'next':
        session.goOn();
        return ask();
      case 'help':
        return scroll.say((columns) => [...help.flatMap((text) => prose(text, columns)), '']);
      case 'remark':
        remark = action.text;
        return;
      case 'quit':
        return leave(0);
      case 'leave':
        return leave(interrupted);
    }
  }

  function ask(): void {
    taken = [];
    isAnswered = false;
    scroll.say(session.question);
  }

  async function judge(): Promise<void> {
    try {
      const { shown } = await session.answer(taken, stop.signal);
      scroll.say(shown);
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      if (stop.signal.aborted) return;
      const lines = [error.message, `Next: ${error.next}`];
      scroll.say((columns) => [...lines.flatMap((text) => prose(text, columns)).map(style.bad), '']);
    }
    isAnswered = true;
    running = undefined;
    drawBottom();
  }

  /** What runs is ended first, so that nothing of it is left. */
  function leave(exitCode: number): void {
    stop.abort();
    void Promise.resolve(running).then(() => end.resolve(exitCode));
  }

  ask();
  drawBottom();
  const keyboard = listenToKeys(io, onKey, { before: scroll.pause, after: () => scroll.resume(true) });
  try {
    return await end.promise;
  } finally {
    keyboard.release();
    scroll.close();
  }
}
