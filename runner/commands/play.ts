// `play SCENARIO`: the learner is the scheduler.
import { CourseError } from '../course/course-error.ts';
import { WalkEnded } from '../explorer/play/walk-process.ts';
import { shownPath } from '../terminal/print.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { exploreUnderCtrlC, problem, refused, scenarioFile } from './explore.ts';
import { noteStarter } from './starter-note.ts';

/** The explorer looks for its own way first. */
const searchSeconds = 20;

export const command: Command = {
  name: 'play',
  summary: 'makes you the scheduler of a small program: find the order that breaks it',
  usage: [
    'play SCENARIO',
    '',
    'A scenario of threads, as for "explore". You see what each thread would do next, and say who goes on, one access of shared ' +
      'memory at a time: try to break what the scenario checks, with as few preemptions as the explorer. A step can be taken back, ' +
      'and who gives up sees the schedule that the explorer found. Keys: the number of a thread, ? for the others.',
    '',
    'Without a terminal, or on one that cannot move its cursor, keys are lines: echo "0110" plays four turns.',
  ].join('\n'),

  async run(args, io) {
    const { words } = parseCommandLine(command, args, { options: {}, words: ['SCENARIO'] });
    const file = scenarioFile(words[0] ?? '', io);
    const explored = await exploreUnderCtrlC(file, { memory: 'sc', mostMs: searchSeconds * 1_000 }, undefined, io);
    if (explored.kind === 'explored-tasks')
      throw new CourseError('Only scenarios of threads can be played.', `Type npx interleave explore ${words[0]}`);
    if (explored.kind !== 'explored') throw problem(explored, file, io);
    if (explored.exploration.kind === 'unsupported') throw refused(explored.exploration, io);
    noteStarter(explored.scenario.files, io);
    const { play } = await import('../explorer/play/play-screen.ts');
    try {
      await play(explored, shownPath(file, io), io);
    } catch (error) {
      if (error instanceof WalkEnded) throw problem(error.ending, file, io);
      throw error;
    }
    return 0;
  },
};
