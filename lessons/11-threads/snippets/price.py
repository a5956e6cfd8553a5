import threading, time

def nothing():
    pass

start = time.perf_counter()
for _ in range(1000):
    thread = threading.Thread(target=nothing)
    thread.start()
    thread.join()
print(f"{time.perf_counter() - start:.3f} ms each")
