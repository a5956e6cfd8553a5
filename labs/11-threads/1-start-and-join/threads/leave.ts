// Leaves without having answered.
import { workerData } from 'node:worker_threads';
import './in-a-thread.ts';

const { code } = workerData as { code: number };

process.exit(code);
