// The screen of one lab: what is to be done, a verdict at each save, and keys. What it says is in lab-blocks.ts, what
// each key means in lab-keys.ts, and how it gets onto the terminal in scroll.ts.
import { CourseError } from '../course/course-error.ts';
import { labsOf, lessonOf } from '../course/course.ts';
import { readHints } from '../course/hints.ts';
import { type Lab, labPath, workingCopyFolder } from '../course/lab.ts';
import { readSolution } from '../course/solution.ts';
import { readTask } from '../course/task.ts';
import { newStarterChanges } from '../course/starters.ts';
import { changedFiles, holdsWork, makeWorkingCopy, resetWorkingCopy } from '../course/working-copy.ts';
import { workingCopyRequest } from '../judge/requests.ts';
import { timeAfterPass } from '../judge/timing-after-pass.ts';
import { leavesOutOutput } from '../judge/verdict-lines.ts';
import type { Verdict } from '../judge/verdict.ts';
import { type WatchEvent, watchLab } from '../judge/watch-lab.ts';
import { trackRun } from '../judge/run-tracker.ts';
import { type Keyboard, listenToKeys } from '../terminal/keyboard.ts';
import { shownPath } from '../terminal/print.ts';
import { heldKey } from '../terminal/held-key.ts';
import { loadTextLines } from '../terminal/markdown-lines.ts';
import { solutionLines } from '../terminal/solution-lines.ts';
import { openScroll } from '../terminal/scroll.ts';
import { starterNotice } from '../terminal/starter-lines.ts';
import { labTimingLines } from '../timing/lab-timing-lines.ts';
import type { Desk, Place } from './desk.ts';
import { openInEditor } from '../terminal/editor.ts';
import * as blocks from './lab-blocks.ts';
import { actionOf, keysLines, type LabAction } from './lab-keys.ts';

interface Question {
  readonly text: string;
  readonly yes: () => void;
}

/**
 * Makes the working copy if there is none, and stays until the learner goes somewhere else.
 * @throws CourseError when the lab cannot be begun: a file of the course is missing, the disk is full
 */
export async function showLab(desk: Desk, lab: Lab): Promise<Place> {
  const { io, style, course, progress, judge } = desk;
  const task = readTask(lab);
  const rungs = readHints(lab);
  const folder = workingCopyFolder(lab, io.env);
  const shownFolder = shownPath(folder, io);
  const look: blocks.Look = { style, texts: await loadTextLines(`labs/${labPath(lab)}`, style) };
  const whyTexts = await loadTextLines(`solutions/${labPath(lab)}`, style);
  makeWorkingCopy(lab, io.env);

  const place = Promise.withResolvers<Place>();
  const next = labsOf(course)[labsOf(course).findIndex(({ id }) => id === lab.id) + 1];
  const scroll = openScroll(io);
  const hintKey = heldKey(
    io.now,
    () => attempt(takeHint),
    () => {
      remark = 'One hint for each time that you press h.';
    },
  );
  let question: Question | undefined;
  let remark: string | undefined;
  let hasPassed = progress.status(lab.id) === 'passed';
  let hasToldProof = false;
  let lastVerdict: Verdict | undefined;
  let keyboard: Keyboard | undefined;

  const run = trackRun(drawBottom);
  const request = workingCopyRequest(lab, io);
  const timing = timeAfterPass({
    lab,
    folder,
    request,
    progress,
    onChange: drawBottom,
    onTimed: (found) => scroll.say((columns) => [...labTimingLines(found, columns, style), '']),
  });
  const watch = watchLab(
    {
      folder,
      files: lab.files,
      request,
      judgesAtOnce: changedFiles(lab, io.env).length > 0,
    },
    judge,
    (event) => {
      run.follow(event);
      tell(event);
      timing.follow(event);
    },
  );

  function tell(event: WatchEvent): void {
    switch (event.kind) {
      case 'verdict':
        return onVerdict(event.verdict);
      case 'problem':
        return scroll.say(blocks.problemBlock(event.error, style));
      case 'vanished':
        return say(
          `${shownPath(folder, io)} has no ${event.file} any more. Put it back, or press r for a fresh copy.`,
          style.warning,
        );
      case 'polling':
        return say(
          'This system does not tell of saves here, so your files are looked at twice a second.',
          style.warning,
        );
      case 'same':
        remark = 'Saved; nothing has changed.';
        return drawBottom();
      case 'started':
        if (remark === undefined) return;
        remark = undefined;
        return drawBottom();
      case 'test':
    }
  }

  function onVerdict(verdict: Verdict): void {
    lastVerdict = verdict;
    const at = new Date(io.now()).toTimeString().slice(0, 8);
    const parts = [blocks.verdictBlock(verdict, at, style)];
    if (verdict.verdict === 'passed') {
      hasPassed = true;
      parts.push(blocks.passedBlock(task, next, !hasToldProof, look));
      hasToldProof = true;
    }
    scroll.say((columns) => parts.flatMap((part) => part(columns)));
    // Afterwards: a disk takes longer than all of the above to say that it has kept something.
    progress.recordVerdict(lab.id, verdict.verdict, verdict.ms);
    remark = undefined;
    const problem = desk.newProblem();
    if (problem !== undefined) say(problem, style.warning);
    drawBottom();
  }

  function say(text: string, look?: (line: string) => string): void {
    scroll.say(blocks.textBlock(text, look));
  }

  function drawBottom(): void {
    const above = question?.text ?? remark;
    const idle: LabAction[] = [
      ...(hasPassed && next ? [] : ['next' as const]),
      ...(lastVerdict && leavesOutOutput(lastVerdict) ? [] : ['output' as const]),
    ];
    const isAsking = question !== undefined;
    scroll.setBottom(
      (columns) => [
        ...(above === undefined ? [] : blocks.prose(above, columns - 1).map(style.warning)),
        ...(isAsking ? ['y yes   any other key: no'] : keysLines(columns, idle)).map(style.quiet),
      ],
      run.busy() ?? timing.busy(),
    );
  }

  function ask(text: string, yes: () => void): void {
    question = { text, yes };
  }

  function onKey(key: string): void {
    remark = undefined;
    const action = actionOf(key);
    attempt(() => {
      if (key === 'paste') {
        question = undefined;
        remark = 'That was pasted; keys work one at a time.';
      } else if (question && action !== 'leave') answer(question, key);
      else if (typeof action === 'object') showRung(action.rung);
      else if (action === undefined || (action === 'next' && !(hasPassed && next)))
        remark = 'That key does nothing here. These do something:';
      else act(action);
    });
  }

  function attempt(deed: () => void): void {
    try {
      deed();
    } catch (error) {
      if (error instanceof CourseError) scroll.say(blocks.problemBlock(error, style));
      else place.reject(error);
    }
    drawBottom();
  }

  function answer({ yes }: Question, key: string): void {
    question = undefined;
    if (key.toLowerCase() === 'y') yes();
    else remark = 'Then not.';
  }

  function act(action: LabAction): void {
    switch (action) {
      case 'hint':
        return hintKey.press();
      case 'solution':
        if (hasPassed || progress.hasSeenSolution(lab.id)) return showSolution();
        return ask('You have not passed yet, and a hint (h) says less. Show the solution all the same?', showSolution);
      case 'reset':
        if (!holdsWork(lab, io.env)) return reset();
        return ask('Put your files into a backup, and the ones of the course in their place?', reset);
      case 'run':
        return watch.again();
      case 'open':
        return void open().catch(place.reject);
      case 'task':
        return scroll.say(blocks.taskBlock(lab, task, look));
      case 'output':
        return showOutput();
      case 'next':
        return place.resolve(next ? { kind: 'lab', lab: next } : { kind: 'map' });
      case 'back':
        return place.resolve({ kind: 'lesson', lesson: lessonOf(course, lab), lab });
      case 'quit':
        return place.resolve({ kind: 'left' });
      case 'leave':
        return place.resolve({ kind: 'interrupted' });
      case 'help':
        return scroll.say(blocks.helpBlock(style));
    }
  }

  function takeHint(): void {
    const number = Math.min(progress.hintsTaken(lab.id) + 1, rungs.length);
    progress.recordHint(lab.id, number);
    showRung(number);
  }

  function showRung(number: number): void {
    const rung = rungs[number - 1];
    if (rung && number <= progress.hintsTaken(lab.id)) scroll.say(blocks.hintBlock(rung, number, rungs.length, look));
    else
      remark = rung ? `You have not had hint ${number} yet; h shows the next one.` : `There are ${rungs.length} hints.`;
  }

  function showOutput(): void {
    if (lastVerdict && lastVerdict.output.trim() !== '') scroll.say(blocks.outputBlock(lastVerdict, style));
    else remark = 'Your program has printed nothing.';
  }

  function showSolution(): void {
    const solution = readSolution(lab);
    progress.recordSolutionSeen(lab.id);
    scroll.say((columns) => [...solutionLines(lab, solution, { env: io.env, columns, style, texts: whyTexts }), '']);
  }

  function reset(): void {
    const { backup } = resetWorkingCopy(lab, io.env, io.now());
    const kept =
      backup === undefined ? 'There was nothing of yours to put aside.' : `What you had is in ${shownPath(backup, io)}`;
    say(`Your copy is as the course made it. ${kept}`, style.good);
  }

  async function open(): Promise<void> {
    const problem = await openInEditor(folder, lab.files, io.env, {
      before() {
        keyboard?.release();
        scroll.pause();
      },
      after() {
        keyboard?.take();
        scroll.resume();
      },
    });
    remark = problem;
    drawBottom();
  }

  try {
    // Before the keys are shown: a Ctrl-D that the terminal still takes for the end of a line arrives as another key.
    // What the shell has printed meanwhile stands between: all is said again.
    keyboard = listenToKeys(io, onKey, { before: scroll.pause, after: () => scroll.resume(true) });
    scroll.say(blocks.introBlock(lab, task, shownFolder, look));
    const changes = newStarterChanges(lab, io.env);
    if (changes.length > 0) say(starterNotice(lab.id, changes), style.warning);
    drawBottom();
    return await place.promise;
  } finally {
    watch.close();
    hintKey.close();
    run.close();
    timing.close();
    keyboard?.release();
    scroll.close();
  }
}
