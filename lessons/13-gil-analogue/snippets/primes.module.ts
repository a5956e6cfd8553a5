/** The primes from one number to before another, by trial division: slow on purpose. */
export function countPrimes(from: number, to: number): number {
  let count = 0;
  for (let candidate = from; candidate < to; candidate++) {
    let isPrime = candidate > 1;
    for (let divisor = 2; isPrime && divisor * divisor <= candidate; divisor++) isPrime = candidate % divisor !== 0;
    if (isPrime) count++;
  }
  return count;
}
