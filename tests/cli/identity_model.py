"""Random sequences of runs against a naive model of what an index then holds.

usage: identity_model.py FOLDER_OF_PROGRAMS SEEDS [FIRST_SEED]

The model reads every file anew. It knows of each text, (id, content), who holds it:
files and standard input. An article is a text that somebody holds, unless it is only
the beginning of another one with its address and title.
"""
import collections
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

STDIN = '-'
FILES = ['k/1.jsonl', 'k/2.jsonl', 'k/b/3.jsonl', 'k/b/4.jsonl', '5.jsonl', 'k/8.jsonl.gz', 'k/9.json']
WORDS = 'bản tin của tỉnh về việc làm mùa màng giao thông đường thủy'.split()


def fat(n, kib):
    """Text that makes a record so large that a file has several blocks."""
    rng = random.Random(n)
    return ' '.join(rng.choice(WORDS) for _ in range(kib * 180))


# A record that has the first words of a story; those of one address have one title.
Part = collections.namedtuple('Part', 'address story words')
PART_URL = 'https://tinh.example/phan-'
PARTS = {}  # part -> n, of all sequences


class Record:
    """A record of a file: what JSON says, and what the model makes of it."""

    def __init__(self, rng, kib):
        self.n = rng.randrange(10**9)
        kind = rng.random()
        self.claim = None
        self.json = {'title': f'Bài {self.n}', 'body': fat(self.n, kib)}
        if kind < .25:
            part = Part(rng.randrange(4), rng.choice('ab'), rng.choice([20, 50, 120, 300]))
            self.n = PARTS.setdefault(part, 10**9 + len(PARTS))
            self.claim = f'{PART_URL}{part.address}'
            self.json = {'title': f'Bài phần {part.address}', 'url': self.claim, 'body': ' '.join(
                f'{part.story}{i}' for i in range(part.words))}
        elif kind < .35:
            self.claim = self.json['id'] = f'ma-{rng.randrange(12)}'
        elif kind < .6:
            self.claim = self.json['url'] = f'https://tinh.example/{rng.randrange(12)}'
        elif kind < .7:
            self.json['url'] = rng.choice(['https://tinh.example/', '#', 'tin.html'])

    def text(self, file):
        """(id, content); of a record without a name the text, of its file, is the id."""
        return (self.claim or (file, self.n), self.n)

    def line(self):
        return json.dumps({**self.json, 'source': f'số {self.n}'}, ensure_ascii=False)


class Model:
    def __init__(self):
        self.holders = {}  # text -> set of files and STDIN
        self.known = set()  # files that are recorded
        self.gave_way = set()  # (text, file): it has that, but is to be read before it holds it

    def run(self, scope, gone, stdin):
        """scope: {file: [text]} that are there under the paths; gone: files that were."""
        hidden = self.hidden()
        hidden_ids = {t[0] for t in hidden}
        brought = {t for texts in scope.values() for t in texts}
        given = set(stdin or ())
        new_ids = {t[0] for t in brought | given if t not in self.holders}
        new_ids_of_stdin = {t[0] for t in given if t not in self.holders or t in hidden}
        for text, holders in list(self.holders.items()):
            for h in list(holders):
                if h == STDIN:
                    drop = text[0] in new_ids_of_stdin and text not in given
                elif h in scope:
                    drop = text not in scope[h]
                elif h in gone:
                    drop = True
                else:  # of a file that the run is not given
                    drop = text[0] in new_ids - hidden_ids and text not in brought | given
                    if drop:
                        self.gave_way.add((text, h))
                if drop:
                    holders.discard(h)
            if not holders:
                del self.holders[text]
        for file, texts in scope.items():
            self.known.add(file)
            for t in texts:
                self.holders.setdefault(t, set()).add(file)
        for t in given:
            self.holders.setdefault(t, set()).add(STDIN)
        self.known -= set(gone)
        self.gave_way = {(t, f) for t, f in self.gave_way if f not in scope and f in self.known}

    def hidden(self):
        """Texts that are the beginning of another one; standard input's, which cannot be
        read again, are kept."""
        parts = {n: part for part, n in PARTS.items()}
        held = {parts[n] for _, n in self.holders if n in parts}
        return {t for t, holders in self.holders.items() if t[1] in parts and STDIN not in holders and any(
            p[:2] == parts[t[1]][:2] and p.words > parts[t[1]].words for p in held)}

    def articles(self):
        """(n, its id if that is claimed, whether others claim it) of each"""
        shown = set(self.holders) - self.hidden()
        ids = collections.Counter(id_ for id_, _ in shown)
        return [(n, id_ if isinstance(id_, str) else None, ids[id_] > 1) for id_, n in shown]


class Test:
    def __init__(self, programs, seed, folder):
        self.rng = random.Random(seed)
        self.programs, self.folder = programs, folder
        self.index = os.path.join(folder, 'ix')
        self.files = {}  # name -> [Record], as they are on disk
        self.dirty = set()  # files that were changed since a run has read them
        self.model = Model()
        self.pool = []
        self.kib = self.rng.choice([0, 0, 0, 8, 30])
        self.log = [f'seed {seed}, records of {self.kib} KiB']
        os.makedirs(os.path.join(folder, 'k/b'))

    # ---- changing files

    def record(self):
        """New, or one that was there before."""
        if self.pool and self.rng.random() < .4:
            return self.rng.choice(self.pool)
        r = Record(self.rng, self.kib)
        self.pool.append(r)
        return r

    def write(self, name, records, how):
        path = os.path.join(self.folder, name)
        end = self.rng.choice(['\n', '\n', ''])
        data = ('\n'.join(r.line() for r in records) + (end if records else '')).encode()
        if name.endswith('.json'):
            data = ('[' + ',\n'.join(r.line() for r in records) + ']').encode()
        if name.endswith('.gz'):
            data = gzip.compress(data)
        if how == 'append' and name.endswith('.jsonl'):
            with open(path, 'rb') as f:
                old = f.read()
            assert data.startswith(old), name
            with open(path, 'ab') as f:
                f.write(data[len(old):])
        elif how == 'replace':
            with open(path + '.new', 'wb') as f:
                f.write(data)
            os.rename(path + '.new', path)
        else:
            with open(path, 'wb') as f:
                f.write(data)
        self.files[name] = records
        self.dirty.add(name)

    def change(self):
        rng = self.rng
        name = rng.choice(FILES)
        records = list(self.files.get(name, []))
        what = rng.choice(['new', 'append', 'append', 'insert', 'insert', 'delete', 'edit', 'move',
                           'shuffle', 'remove', 'twice', 'touch', 'rename', 'empty'])
        how = rng.choice(['write', 'replace'])
        if what == 'new' or name not in self.files:
            records, what = [self.record() for _ in range(rng.randrange(0, 40))], 'new'
        elif what == 'append':
            records += [self.record() for _ in range(rng.randrange(1, 6))]
            how = rng.choice(['append', 'append', 'write'])
        elif what == 'insert':
            for _ in range(rng.randrange(1, 4)):
                records.insert(rng.randrange(len(records) + 1), self.record())
        elif what in ('delete', 'edit', 'move', 'twice') and records:
            at = rng.randrange(len(records))
            if what == 'edit':
                records[at] = self.record()
            elif what == 'twice':
                records.insert(rng.randrange(len(records) + 1), records[at])
            else:
                r = records.pop(at)
                if what == 'move':
                    records.insert(rng.randrange(len(records) + 1), r)
        elif what == 'shuffle':
            rng.shuffle(records)
        elif what == 'remove':
            os.unlink(os.path.join(self.folder, name))
            del self.files[name]
            self.dirty.add(name)
        elif what == 'rename':
            other = rng.choice(['k/6', 'k/b/7']) + name[name.index('.'):]
            os.rename(os.path.join(self.folder, name), os.path.join(self.folder, other))
            self.files[other] = self.files.pop(name)
            self.dirty |= {name, other}
        elif what == 'touch':
            os.utime(os.path.join(self.folder, name))
        elif what == 'empty':
            records = []
        self.log.append(f'{what} {name} {how}')
        if what not in ('remove', 'rename', 'touch'):
            self.write(name, records, how)

    # ---- runs

    def dxindex(self, paths, stdin):
        command = [f'{self.programs}/dxindex', '--index', self.index, '--threads', '2', '--remove-many', *paths]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True,
                              input=stdin or '', check=False)
        if done.returncode not in (0, 1) or re.search('skipped (?!.*No such file)', done.stderr):
            self.fail(f'dxindex {paths}: {done.returncode} {done.stderr}')
        return done.stdout

    def run(self):
        rng = self.rng
        paths = rng.choice([['k'], ['k'], ['k', '5.jsonl'], ['k/b'], ['k/1.jsonl'], ['5.jsonl'],
                            ['k', '-'], ['-'], ['-'], ['.']])
        stdin = [self.record() for _ in range(rng.randrange(1, 8))] if '-' in paths else None
        if not any(os.path.exists(os.path.join(self.folder, p)) for p in paths) and not stdin:
            return
        before = len(self.model.articles())
        roots = [p for p in paths if p != '-' and os.path.exists(os.path.join(self.folder, p))]

        def is_given(file):
            return any(p in ('.', file) or file.startswith(p + '/') for p in roots)
        there = set(filter(is_given, self.files))
        gone = set(filter(is_given, self.model.known - set(self.files)))
        self.log.append(f'dxindex {paths} {[r.n for r in stdin] if stdin else ""}')
        self.model.run({f: [r.text(f) for r in self.files[f]] for f in there}, gone,
                       [r.text(STDIN) for r in stdin] if stdin else None)
        self.dirty -= there | gone
        out = self.dxindex(paths, '\n'.join(r.line() for r in stdin) if stdin else None)
        self.compare(out, before)

    def forgive(self, hits):
        """An article that is only in files outside the run, one of which has changed, may be
        lost until that is read: its text cannot be read again. One that gave way in a file may
        be taken from there when another file, where it came back, loses it."""
        found = {int(h['source'].split()[1]) for h in hits}
        lost = True
        while lost:  # one that is lost hides another one no more
            hidden = self.model.hidden()
            lost = [t for t, holders in self.model.holders.items()
                    if t[1] not in found and t not in hidden and holders & self.dirty]
            for text in lost:
                del self.model.holders[text]
        right = {n for n, _, _ in self.model.articles()}
        for text, file in self.model.gave_way:
            if text[1] in found - right:
                self.model.holders.setdefault(text, set()).add(file)

    def compare(self, out, before):
        got = subprocess.run([f'{self.programs}/dxsearch', '--index', self.index, '--all', '--duplicates',
                              '--limit', '1000', '--json', 'bài'], capture_output=True, text=True, check=False)
        hits = json.loads(got.stdout)['hits']
        self.forgive(hits)
        wanted = self.model.articles()
        found = collections.Counter(int(h['source'].split()[1]) for h in hits)
        right = collections.Counter(n for n, _, _ in wanted)
        if found != right:
            self.fail(f'missing {right - found}, too many {found - right}: {out}')
        ids = {h['id']: int(h['source'].split()[1]) for h in hits}
        if len(ids) != len(hits):
            self.fail('two articles are shown by one id')
        for n, claimed, contested in wanted:
            if claimed and not any(ids[i] == n for i in ids if
                                   (i.startswith(claimed + '#~') if contested else i == claimed)):
                self.fail(f'{n}, which claims {claimed}, contested {contested}: {ids}')
        counts = [int(n.replace(',', '')) for n in
                  re.findall(r'([\d,]+) (?:added|updated|unchanged|removed)', out)]
        if len(counts) != 4 or (before + counts[0] - counts[3] != len(wanted) and not self.dirty):
            self.fail(f'{before} articles before, {len(wanted)} wanted: {out}')
        checked = subprocess.run([f'{self.programs}/dxindex', 'check', '--index', self.index],
                                 capture_output=True, text=True, check=False)
        if checked.returncode:
            self.fail(checked.stdout)

    def fail(self, why):
        for text, holders in self.model.holders.items():
            if str(text[1]) in why:
                print(text, sorted(holders))
        print('\n'.join(self.log))
        raise SystemExit(why)


def main():
    programs, seeds = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    for seed in range(first, first + seeds):
        folder = tempfile.mkdtemp()
        try:
            test = Test(programs, seed, folder)
            for _ in range(25):
                for _ in range(test.rng.randrange(1, 4)):
                    test.change()
                test.run()
        finally:
            shutil.rmtree(folder)


if __name__ == '__main__':
    main()
