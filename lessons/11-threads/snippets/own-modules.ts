// Three calls are counted here. How many does the thread see?
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { countCall, calls } from './calls.module.ts';

countCall();
countCall();
countCall();
const file = new URL('./own-modules.worker.ts', import.meta.url);
const thread = new Worker(file);
const [theirs] = await once(thread, 'message');
// #region both
console.log(`here  ${calls} calls, process ${process.pid}`);
console.log(`there ${theirs.calls} calls, process ${theirs.pid}`);
// #endregion
