# The Python side of split-work.ts: counting primes, and hashing, in one thread and divided among two.
import hashlib
from concurrent.futures import ThreadPoolExecutor

# Two threads that stand ready.
threads = ThreadPoolExecutor(2)


def count_primes(first, end, step):
    count = 0
    for candidate in range(first, end, step):
        divisor = 2
        while divisor * divisor <= candidate and candidate % divisor != 0:
            divisor += 1
        if candidate > 1 and divisor * divisor > candidate:
            count += 1
    return count


def primes_in_one(end):
    return threads.submit(count_primes, 1, end, 2).result()


def primes_in_two(end):
    some = threads.submit(count_primes, 1, end, 4)
    others = threads.submit(count_primes, 3, end, 4)
    return some.result() + others.result()


# One call into a library that is written in C. It needs no Python while it runs, so it lets go of the lock.
def hash_password(salt, rounds):
    return hashlib.pbkdf2_hmac("sha256", b"secret", salt, rounds).hex()


def both_hashes(rounds):
    return [hash_password(b"pepper", rounds), hash_password(b"salt", rounds)]


def hashes_in_one(rounds):
    return threads.submit(both_hashes, rounds).result()


def hashes_in_two(rounds):
    one = threads.submit(hash_password, b"pepper", rounds)
    other = threads.submit(hash_password, b"salt", rounds)
    return [one.result(), other.result()]
