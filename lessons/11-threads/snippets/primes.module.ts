/** Counts the primes below a limit by trial division: slow on purpose. */
export async function countPrimes(limit: number): Promise<number> {
  let count = 0;
  for (let number = 2; number < limit; number++) {
    let isPrime = true;
    for (let divisor = 2; isPrime && divisor ** 2 <= number; divisor++) {
      isPrime = number % divisor !== 0;
    }
    if (isPrime) count++;
  }
  return count;
}
