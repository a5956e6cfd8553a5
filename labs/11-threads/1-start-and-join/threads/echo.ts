// Answers with its data, just as it found it.
import { workerData } from 'node:worker_threads';
import { answer } from './in-a-thread.ts';

answer(workerData);
