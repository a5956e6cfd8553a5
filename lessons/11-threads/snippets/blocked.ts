// A clock that wants to tick every 10 ms, beside a computation.
import { countPrimes } from './primes.module.ts';

let ticks = 0;
// #region count
const clock = setInterval(() => ticks++, 10);
const count = await countPrimes(2_000_000);
clearInterval(clock);
// #endregion
console.log(`${count} primes, ${ticks} ticks`);
