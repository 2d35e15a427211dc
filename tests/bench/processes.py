"""Running programs, and what they took."""
import os
import shutil
import subprocess
import sys
import time


def say(text):
    print(text, file=sys.stderr, flush=True)


class Cost:
    """What one process took: wall and processor seconds, peak resident MiB."""

    def __init__(self, command, **options):
        start = time.monotonic()
        process = subprocess.Popen(command, **options)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - start
        self.cpu_seconds = usage.ru_utime + usage.ru_stime
        self.peak_mib = usage.ru_maxrss / 1024
        if process.returncode not in (0, 1):
            sys.exit(f"bench: {' '.join(command)}: status {process.returncode}")


def output(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(command)}: status {done.returncode}")
    return done.stdout


def bytes_of(path):
    """Disk space, since a sparse file's length says little."""
    if os.path.isfile(path):
        return os.stat(path).st_blocks * 512
    return sum(bytes_of(os.path.join(folder, name))
               for folder, _, names in os.walk(path) for name in names)


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)
