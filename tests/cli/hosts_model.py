"""Random sequences of runs over pages of some hosts; then the index is to say of each page
what one says that is made anew of the same files.

usage: hosts_model.py FOLDER_OF_PROGRAMS SEEDS [FIRST_SEED]
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

FOLDERS = ['k', 'k/cu', 'm']
# host: what its titles begin and end with, whether its dates have the month first
HOSTS = {
    'mot.example': ('Làng Nghề Hôm Nay - ', '', False),
    'www.hai.example': ('', ' - Vùng Lúa Quê Mình', True),
    'ba.example': ('', ' - Bến Thuyền', False),
}
STEMS = [
    'Người thợ già giữ lửa lò nung bên sông',
    'Đàn vịt chạy đồng về lại cánh bãi',
    'Con đường bê tông nối hai xóm núi',
    'Phiên chợ sớm họp trong sương mù',
]
ADDRESS = 'https://{}/{}.html'
PAGE = '''<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<link rel="canonical" href="{url}"></head><body>{heading}
<p>Ngày đăng: {date}</p><p>Bà con trong thôn kể lại câu chuyện số {n} bên ấm trà, rằng mùa
nước năm ấy về sớm hơn mọi năm, và ai cũng nhớ những buổi sáng đầy tiếng mái chèo.</p>
<p>Câu chuyện được ghi lại trong sổ của nhà văn hóa, để lớp trẻ sau này còn biết đến.</p>
</body></html>'''


def page(host, n, rng):
    """A page that may be sure of its title and date, or not."""
    front, behind, month_first = HOSTS[host]
    title = f'{STEMS[n % len(STEMS)]} số {n}'
    if rng.random() < .15:  # of another template
        front, behind = '', ''
    day, month = rng.randrange(1, 28), rng.randrange(1, 13)
    if rng.random() < .1:
        month_first = not month_first
    date = f'{month}/{day}/2024' if month_first else f'{day}/{month}/2024'
    heading = f'<h1>{title}</h1>' if rng.random() < .4 else '<h2>Bạn đọc viết</h2>'
    return PAGE.format(title=front + title + behind, url=ADDRESS.format(host, n), heading=heading,
                       date=date, n=n)


class Test:
    def __init__(self, programs, seed, folder):
        self.rng = random.Random(seed)
        self.programs, self.folder, self.seed = programs, folder, seed
        for name in FOLDERS:
            os.makedirs(os.path.join(folder, name))
        self.files = {}  # path -> (host, n)
        self.count = 0

    def change(self):
        rng = self.rng
        if self.files and rng.random() < .35:
            path = rng.choice(sorted(self.files))
            if rng.random() < .6:
                os.remove(path)
                del self.files[path]
                return
            host, n = self.files[path]
        else:
            self.count += 1
            host, n = rng.choice(sorted(HOSTS)), self.count
            path = os.path.join(self.folder, rng.choice(FOLDERS), f'{n}.html')
            if self.files and rng.random() < .15:  # a page in another place
                other = rng.choice(sorted(self.files))
                self.files[path] = self.files[other]
                shutil.copy(other, path)
                return
        self.files[path] = (host, n)
        with open(path, 'w') as f:
            f.write(page(host, n, rng))

    def index(self, name, *paths):
        got = subprocess.run([f'{self.programs}/dxindex', '--quiet', '--index', name, *paths], cwd=self.folder,
                             capture_output=True, text=True)
        assert got.returncode == 0 and not got.stderr, (self.seed, got)

    def articles(self, name):
        """[(address, title, date)]"""
        subprocess.run([f'{self.programs}/dxindex', 'check', '--index', name], cwd=self.folder, check=True,
                       capture_output=True)
        got = subprocess.run([f'{self.programs}/dxsearch', '--index', name, '--json', '--limit', '1000',
                              '--duplicates', 'câu chuyện'], cwd=self.folder, capture_output=True, text=True)
        results = json.loads(got.stdout)['hits'] if got.returncode == 0 else []
        return sorted((r['url'], r['title'], r['date']) for r in results)

    def run(self):
        for _ in range(7):
            for _ in range(self.rng.randrange(1, 9)):
                self.change()
            paths = self.rng.choice([['k', 'm'], ['m', 'k'], ['k'], ['m'], ['k/cu', 'm']])
            self.index('ix', *paths)
        self.index('ix', 'm', 'k')
        self.index('new', 'k', 'm')
        got, expected = self.articles('ix'), self.articles('new')
        assert {a[0] for a in expected} == {ADDRESS.format(*f) for f in self.files.values()}, self.seed
        assert got == expected, (self.seed, set(got) - set(expected), set(expected) - set(got), len(got), len(expected))


def check_what_is_told(programs, folder):
    """Alone a page keeps the site's name; with others of its host it loses it, and gets it
    back when they are gone."""
    test = Test(programs, 0, folder)

    def write(name, title, date, heading='<h2>Bạn đọc viết</h2>'):
        with open(f'{folder}/{name}', 'w') as f:
            f.write(PAGE.format(title=title, url=ADDRESS.format('mot.example', name[2:-5]), heading=heading, date=date,
                                n=1))

    def told():
        return test.articles('one')[0][1:]

    own, without = f'Làng Nghề Hôm Nay - {STEMS[0]}', STEMS[0]
    write('k/1.html', own, '3/4/2024')
    test.index('one', 'k')
    assert told() == (own, '2024-04-03'), told()
    for n, stem in ((2, STEMS[1]), (3, STEMS[2])):
        write(f'm/{n}.html', f'Làng Nghề Hôm Nay - {stem}', f'{n}/25/2024', f'<h1>{stem}</h1>')
    test.index('one', 'm')
    assert told() == (without, '2024-03-04'), told()
    os.remove(f'{folder}/m/3.html')
    test.index('one', 'm')
    assert told() == (own, '2024-04-03'), told()


def main():
    programs, seeds = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    for seed in range(first - 1, first + seeds):
        folder = tempfile.mkdtemp()
        try:
            if seed == first - 1:
                check_what_is_told(programs, folder)
            else:
                Test(programs, seed, folder).run()
        finally:
            shutil.rmtree(folder)


main()
