"""Runs dxindex on terminals of several widths: its live line is shown, and never
reaches the last column; without a terminal there is none.

usage: index_progress.py DXINDEX CORPUS
"""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios

WIDTHS = (10, 40, 200)


def on_terminal(command, columns, environment):
    """What `command` writes to its terminal, which is standard error."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs,
                               env=environment)
    os.close(theirs)
    shown = b''
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    if process.wait() != 0:
        sys.exit(f'{command}: status {process.returncode}')
    return shown.decode()


def main(dxindex, corpus):
    clean = {k: v for k, v in os.environ.items()
             if k not in ('COLUMNS', 'LC_ALL', 'LC_MESSAGES')}
    for language, word in (('en', 'articles'), ('vi', 'bài')):
        for columns in WIDTHS:
            for given in (False, True) if columns == 40 else (False,):
                environment = {'LANG': language}
                if given:
                    environment['COLUMNS'] = str(columns)
                terminal = 500 if given else columns
                with tempfile.TemporaryDirectory() as folder:
                    index = os.path.join(folder, 'ix')
                    text = on_terminal([dxindex, '--index', index, corpus], terminal,
                                       {**clean, **environment})
                    check = on_terminal([dxindex, 'check', '--index', index], terminal,
                                        {**clean, **environment})
                lines = re.split('\r\x1b\\[K|\r?\n', text + check)
                wide = [line for line in lines if len(line) >= columns]
                if wide:
                    sys.exit(f'{language}, {columns} columns: {wide[0]!r} is too wide')
                if columns >= 40 and word not in text:
                    sys.exit(f'{language}, {columns} columns: no progress in {text!r}')
                if columns >= 40 and '%' not in check:
                    sys.exit(f'{language}, {columns} columns: no progress in {check!r}')
                if not text.endswith('\r\x1b[K'):
                    sys.exit(f'{language}: the line stays: {text!r}')
    with tempfile.TemporaryDirectory() as folder:
        for command in ([dxindex, '--index', folder + '/ix', corpus],
                        [dxindex, 'check', '--index', folder + '/ix']):
            done = subprocess.run(command, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, env=clean, check=True)
            if done.stderr:
                sys.exit(f'without a terminal: {done.stderr!r}')


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
