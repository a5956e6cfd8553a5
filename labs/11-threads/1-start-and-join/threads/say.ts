// Answers with what it is told to answer.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';

const { word } = workerData as { word: unknown };

answer(word);
