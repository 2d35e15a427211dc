#!/usr/bin/env python3
"""usage: check.py BIN [--json]: the pages of html/ read by dx, beside expected.jsonl.

Each line of expected.jsonl is a page: its kind ("article", or why it is left out) and,
of an article, the fields that the page shows, the paragraphs of its body, and what must
not stand in it ("not"). Every page is of the structure of another content system; the
texts are our own. Prints what differs and each field's share, and fails below FLOORS."""
import collections
import json
import os
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
# Shares; of all fields together in the first place.
FLOORS = {'': .97, 'lists told': .9, 'articles kept': 1, 'body': .97, 'nothing else': .95}
FIELDS = ('title', 'lead', 'date', 'author', 'category', 'source', 'docno', 'doctype',
          'issuer', 'signer')


def norm(text):
    return ' '.join(unicodedata.normalize('NFC', text or '').split())


def expected():
    with open(HERE + '/expected.jsonl', encoding='utf-8') as lines:
        return [json.loads(line) for line in lines]


def unescaped(text):
    return text.replace('\\n', '\n').replace('\\t', '\t').replace('\\\\', '\\')


def read_by_dx(bin_, folder, whole_paths=False):
    """{file: {field: value}} of the articles, {file: reason} of what was left out."""
    name_of = (lambda path: path) if whole_paths else os.path.basename
    articles, left = {}, {}
    with tempfile.TemporaryDirectory() as tmp:
        index, report = tmp + '/i', tmp + '/report'
        subprocess.run([bin_ + '/dxindex', '-q', '-i', index, '--report', report, folder],
                       check=True, stdout=subprocess.DEVNULL)
        with open(report, encoding='utf-8') as lines:
            for line in lines:
                event = json.loads(line)
                if event.get('event') == 'left-out':
                    left[name_of(event['path'])] = event['reason']
        found = subprocess.run([bin_ + '/dxsearch', '-i', index, '--json', '--duplicates',
                                '-n', '1000', '*'], check=True, stdout=subprocess.PIPE)
        for hit in json.loads(found.stdout)['hits']:
            fields = dict(hit)
            dump = subprocess.run([bin_ + '/dxindex', 'dump', '-i', index, '--doc',
                                   hit['id']], check=True, stdout=subprocess.PIPE)
            for line in dump.stdout.decode('utf-8').split('\n'):
                name, _, value = line.partition('\t')
                if name in FIELDS + ('body',) and value:
                    fields[name] = unescaped(value)
            articles[name_of(hit['path'])] = fields
    return articles, left


def checks(page, got):
    """{name: whether it is right} of an article; got is what an extractor has of it."""
    body = norm(got.get('body')) + ' ' + norm(got.get('lead'))
    right = {'body': all(norm(p) in body for p in page['body']),
             'nothing else': not any(n in body for n in page['not'])}
    for field in FIELDS:
        if page.get(field):
            value, wanted = norm(got.get(field)), norm(page[field])
            right[field] = (value[:10] == wanted if field == 'date' else
                            wanted in value if field == 'lead' else value == wanted)
    return right


def compare(pages, articles):
    """Counts of what is right and of all, by field, and lines about what is not."""
    right, of, notes = collections.Counter(), collections.Counter(), []
    for page in pages:
        got = articles.get(page['file'])
        if page['kind'] != 'article':
            of['lists told'] += 1
            right['lists told'] += got is None
            if got is not None:
                notes.append(f"{page['file']}: {page['kind']} became an article: "
                             f"{norm(got.get('title'))[:50]!r}")
            continue
        of['articles kept'] += 1
        right['articles kept'] += got is not None
        got = got or {}
        for name, ok in checks(page, got).items():
            of[name] += 1
            right[name] += ok
            if not ok:
                wanted = page.get(name, '')
                notes.append(f"{page['file']}: {name} {norm(got.get(name))[:70]!r}, "
                             f'right is {str(wanted)[:70]!r}')
    return right, of, notes


def main():
    pages = expected()
    articles, left = read_by_dx(sys.argv[1], HERE + '/html')
    right, of, notes = compare(pages, articles)
    for page in pages:
        if page['kind'] != 'article' and page['file'] in left and \
                left[page['file']] != page['kind']:
            notes.append(f"{page['file']}: told as {left[page['file']]}, not {page['kind']}")
    print('\n'.join(notes))
    fields = [f for f in of if f not in ('lists told', 'articles kept')]
    share = sum(right[f] for f in fields) / sum(of[f] for f in fields)
    print(', '.join(f'{f} {right[f]}/{of[f]}' for f in of) + f'; {100 * share:.1f} %')
    sys.exit(share < FLOORS[''] or any(right[f] < floor * of[f]
                                       for f, floor in FLOORS.items() if f))


if __name__ == '__main__':
    main()
