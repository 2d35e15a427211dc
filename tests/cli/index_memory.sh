#!/usr/bin/env bash
# Input that is made to take memory, or simply large: dxindex stays within 1.2 times
# --memory, takes in what is beside it, and tells what it does not read.
# DX_LONG=1 takes larger input, and more kinds of it.
. "$(dirname "$0")/index.bash"
mib=64

# most COMMAND…: its exit status and output, as expect() wants them, and in `peak` the
# most that it had in memory (MiB), less what is of files, which the system can drop
most() {
    python3 - "$@" <<'PYTHON'
import os, subprocess, sys, time

process = subprocess.Popen(sys.argv[1:])
peak = 0
while not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
    try:
        with open(f'/proc/{process.pid}/status', encoding='ascii') as status:
            kib = sum(int(line.split()[1]) for line in status
                      if line.startswith(('RssAnon:', 'RssShmem:', 'VmSwap:')))
        peak = max(peak, kib)
    except OSError:
        pass
    time.sleep(0.005)
with open('peak', 'w', encoding='ascii') as file:
    file.write(f'{peak // 1024}\n')
sys.exit(process.wait())
PYTHON
}

# takes STATUS SUMMARY FILE [REASON]
takes() {
    rm -rf ix
    expect "$1" "$2" most "$dx" --index ix --memory ${mib}M "$3"
    [ $# -lt 4 ] || has "$4" err
    [ -n "${DX_SANITIZED:-}" ] || [ "$(cat peak)" -le $((mib * 12 / 10)) ] ||
        fail "$3: $(cat peak) MiB of $mib"
    echo "$3: $(cat peak) MiB"
}

# input NAME: written to that file
input() {
    python3 - "$1" "${DX_LONG:-}" <<'PYTHON'
import json, random, sys, zipfile

name, long = sys.argv[1], sys.argv[2] == '1'
times = 10 if long else 1
words = 'ruộng mạ kênh đê xóm chợ bến trạm cầu đò'.split()
dice = random.Random(1)
page = {
    'the.html': lambda n: '<p ' + ' '.join(f'a{i}=1' for i in range(50)) + '>x',
    'the-long.html': lambda n: '<p id=' + 'x' * 500 + f'{n}><i>x</i>',
    'bang.html': lambda n: '<table><td>x',
    'dong.html': lambda n: '&amp;x<br>',
    'lien-ket.html': lambda n: f'<a href=x{n}>y',
}
if name in page:
    with open(name, 'w') as f:
        f.write('<html><title>Trang</title><body>')
        while f.tell() < 10_000_000:
            f.write(''.join(page[name](n) for n in range(1000)))
elif name == 'dong.jsonl':
    with open(name, 'w') as f:
        f.write('{"id":"1","title":"Một","body":"' + 'ruộng mạ ' * 5_400_000 + '"}\n')
        f.write('{"id":"2","title":"Hai","body":"xóm"}\n')
elif name == 'vua.jsonl': # as large as a line may be, several of them
    with open(name, 'w') as f:
        for n in range(8):
            text = ' '.join(dice.choice(words) + str(dice.randrange(3000)) for _ in range(330_000))
            f.write(json.dumps({'id': str(n), 'title': 'Dài', 'body': text[:2_700_000]}, ensure_ascii=False) + '\n')
elif name == 'tu.jsonl':
    with open(name, 'w') as f:
        for n in range(300_000 * 5 * times):
            f.write(f'{{"id":"{n}","title":"t","body":"{dice.choice(words)}"}}\n')
elif name == 'hong.jsonl':
    with open(name, 'w') as f:
        for _ in range(10 * times):
            f.write('x\n' * 10_000)
elif name == 'dong.txt':
    with open(name, 'w') as f:
        for _ in range(200):
            f.write('ruộng mạ ' * 80_000)
elif name.startswith('bom'):
    with open(name, 'w') as f:
        for _ in range(500):
            f.write({'bom.jsonl': '{"title":"a","body":"' + 'a b ' * 2500 + '"}\n',
                     'bom.txt': 'a b ' * 2500}[name] * 100)
elif name == 'nho.zip':
    with zipfile.ZipFile(name, 'w') as z:
        for n in range(20_000 * times):
            z.writestr(f'{n}.txt', 'x')
PYTHON
}

for name in the.html the-long.html bang.html dong.html lien-ket.html; do
    input $name
    takes 1 "$(counts 0 0 0 0 1)" $name 'MiB of memory to read; more with a larger --memory'
    rm $name
done
input dong.jsonl
takes 1 "$(counts 1 0 0 0 1)" dong.jsonl 'dong.jsonl#1: a line of more than 4 MiB; more with a larger --memory'
input vua.jsonl
takes 0 "$(counts 8 0 0 0 0)" vua.jsonl
input dong.txt
takes 1 "$(counts 0 0 0 0 1)" dong.txt 'dong.txt: larger than 16 MiB'
rm -f ./*.jsonl dong.txt
if command -v zstd >/dev/null; then
    for name in bom.txt bom.jsonl; do
        input $name
        zstd -q --rm $name
    done
    takes 1 "$(counts 0 0 0 0 1)" bom.txt.zst 'bom.txt.zst: larger than 16 MiB'
    rm -rf ix
    most "$dx" --index ix --memory ${mib}M bom.jsonl.zst >out 2>err && fail 'a bomb is no fault'
    has 'unpacks to more than 100 times its size' err
fi
input nho.zip
n=20,000
[ -z "${DX_LONG:-}" ] || n=200,000
takes 0 "$(counts $n 0 0 0 0)" nho.zip
input hong.jsonl
rm -rf ix
most "$dx" --index ix --memory ${mib}M hong.jsonl >out 2>err && fail 'bad lines are no fault'
[ "$(cat peak)" -le $((mib * 12 / 10)) ] || [ -n "${DX_SANITIZED:-}" ] || fail "bad lines: $(cat peak) MiB"
if [ -n "${DX_LONG:-}" ]; then
    input tu.jsonl
    takes 0 "$(counts 15,000,000 0 0 0 0)" tu.jsonl
fi
exit $failed
