import threading, time

total = 0

def price():
    time.sleep(0.1)
    return 1

def pay():
    global total
    total = total + price()

ten = [threading.Thread(target=pay) for _ in range(10)]
for one in ten:
    one.start()
for one in ten:
    one.join()
print(total)
