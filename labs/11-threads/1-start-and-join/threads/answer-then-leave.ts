// Answers, but then leaves with an exit code that says that something went wrong.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';

const { word, code } = workerData as { word: number; code: number };

answer(word);
process.exit(code);
