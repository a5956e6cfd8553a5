import { workerData } from 'node:worker_threads';
import { blockFor } from './block-for.module.ts';

blockFor(workerData);
