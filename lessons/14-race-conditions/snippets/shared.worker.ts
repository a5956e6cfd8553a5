import { workerData } from 'node:worker_threads';

workerData.own[0] = 42;
workerData.shared[0] = 42;
