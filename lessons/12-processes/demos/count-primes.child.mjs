// Counts the primes among from, from + step and so on, below upTo, by trial division.
process.on('message', ({ from, upTo, step }) => {
  let count = 0;
  for (let number = from; number < upTo; number += step) if (isPrime(number)) count++;
  process.send(count);
});

function isPrime(number) {
  if (number < 2) return false;
  for (let divisor = 2; divisor ** 2 <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}
