import threading

def fail():
    raise IndexError("there is no seat 14")

thread = threading.Thread(target=fail)
thread.start()
thread.join()
print("the main thread goes on")
