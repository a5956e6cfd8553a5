import threading, queue

orders, seen = queue.Queue(), []
thread = threading.Thread(target=lambda: seen.append(orders.get()))
order = ["tea"]
orders.put(order)
order.append("cake")
thread.start()
thread.join()
print(seen[0], seen[0] is order)
