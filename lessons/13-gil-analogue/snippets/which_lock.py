import sys, sysconfig

is_free = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
has_lock = getattr(sys, "_is_gil_enabled", lambda: True)()
print(f"Python {sys.version_info.major}.{sys.version_info.minor}")
print("built without the lock" if is_free else "built with the lock")
print("the lock is in use" if has_lock else "the lock is not in use")
print(f"it changes hands after {sys.getswitchinterval() * 1000:.0f} ms")
