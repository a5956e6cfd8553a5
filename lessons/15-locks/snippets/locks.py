import threading

lock = threading.Lock()
accounts = [100, 0]

def transfer():
    with lock:
        accounts[0] -= 30
        accounts[1] += 30

def audit():
    with lock:
        print(sum(accounts))

teller = threading.Thread(target=transfer)
auditor = threading.Thread(target=audit)
teller.start()
auditor.start()
teller.join()
auditor.join()
