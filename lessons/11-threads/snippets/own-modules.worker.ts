import { parentPort } from 'node:worker_threads';
import { calls } from './calls.module.ts';

parentPort?.postMessage({ calls, pid: process.pid });
