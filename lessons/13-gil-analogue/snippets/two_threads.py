import threading, time

def count_primes(start, end):
    count = 0
    for number in range(start, end):
        if all(number % divisor for divisor in range(2, int(number**0.5) + 1)):
            count += 1
    return count

begin = time.perf_counter()
count_primes(2, 300_000)
print(f"one thread:  {time.perf_counter() - begin:.2f} s")

halves = [(2, 189_000), (189_000, 300_000)]
begin = time.perf_counter()
both = [threading.Thread(target=count_primes, args=half) for half in halves]
for one in both:
    one.start()
for one in both:
    one.join()
print(f"two threads: {time.perf_counter() - begin:.2f} s")
