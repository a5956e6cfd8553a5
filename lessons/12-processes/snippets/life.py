import subprocess, sys

result = subprocess.run([sys.executable, "--version"], capture_output=True)
print(result.returncode, result.stdout.decode().startswith("Python"))
