import threading

counter = 0

def plus_one(number):
    return number + 1

def count():
    global counter
    for _ in range(500_000):
        counter = plus_one(counter)

four = [threading.Thread(target=count) for _ in range(4)]
for counting in four:
    counting.start()
for counting in four:
    counting.join()
print(counter, "of", 2_000_000)
