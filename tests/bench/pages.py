#!/usr/bin/env python3
"""usage: pages.py BIN [FOLDER]: dx beside trafilatura and readability-lxml on saved pages:
those of tests/pages, and where there is a FOLDER of real ones, vietnam/ (expected.jsonl)
and wild/ (gold.jsonl) of it. Run by scripts/bench --pages, with both in a venv.

A row a field: on how many pages it is right, of those that show it. For wild/ the share
of the gold's words that were found, of those found that are in it, and lost pages."""
import collections
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'pages'))
import check  # noqa: E402

WORD = re.compile(r'\w+')


def by_trafilatura(html):
    import trafilatura
    got = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    got = got and (got if isinstance(got, dict) else got.as_dict())
    if not got or not got.get('text'):
        return None
    return {'title': got.get('title'), 'lead': got.get('description'),
            'date': got.get('date'), 'author': got.get('author'),
            'category': ', '.join(got.get('categories') or []),
            'source': got.get('sitename'), 'body': got.get('text')}


def by_readability(html):
    import lxml.html
    import readability
    page = readability.Document(html)
    try:
        text = lxml.html.fromstring(page.summary()).text_content()
    except (readability.readability.Unparseable, lxml.etree.ParserError):
        return None
    return {'title': page.short_title(), 'body': text} if text.strip() else None


def read_by(extract, folder, files):
    articles = {}
    for file in files:
        with open(f'{folder}/{file}', 'rb') as f:
            html = f.read()
        try:
            got = extract(html)
        except Exception as why:  # what it cannot read is its fault
            print(f'{extract.__name__}: {file}: {why}', file=sys.stderr)
            got = None
        if got:
            articles[file] = got
    return articles


def readers(bin_):
    return {'dx': lambda folder, files: by_dx(bin_, folder, files),
            'trafilatura': lambda folder, files: read_by(by_trafilatura, folder, files),
            'readability': lambda folder, files: read_by(by_readability, folder, files)}


def by_dx(bin_, folder, files):
    found, _ = check.read_by_dx(bin_, folder, whole_paths=True)
    return {f: found[f'{folder}/{f}'] for f in files if f'{folder}/{f}' in found}


def table(heading, counts):
    """counts: {reader: (right, of)}."""
    names = list(counts)
    print(f'\n| {heading} | ' + ' | '.join(names) + ' |')
    print('|---' * (len(names) + 1) + '|')
    fields = list(dict.fromkeys(f for _, of in counts.values() for f in of))
    for field in fields:
        cells = [f'{right[field]}/{of[field]}' for right, of in counts.values()]
        print(f'| {field} | ' + ' | '.join(cells) + ' |')


def fixtures(bin_):
    pages = check.expected()
    files = [p['file'] for p in pages]
    counts = {}
    for name, read in readers(bin_).items():
        right, of, _ = check.compare(pages, read(check.HERE + '/html', files))
        counts[name] = (right, of)
    table('tests/pages', counts)


def vietnam_checks(page, got):
    body = check.norm(got.get('body'))
    right = {'body start': page['body_first_40_chars'] in body,
             'body end': page['body_last_40_chars'] in body,
             'nothing strange': not any(s in body for s in page['mnc'])}
    for field in ('title', 'lead', 'date', 'author', 'category', 'source'):
        if page.get(field):
            value, wanted = check.norm(got.get(field)), page[field]
            right[field] = (value[:10] == wanted[:10] if field == 'date' else
                            wanted in value if field == 'lead' else
                            value == check.norm(wanted))
    return right


def vietnam(bin_, folder):
    with open(folder + '/expected.jsonl', encoding='utf-8') as lines:
        pages = [json.loads(line) for line in lines]
    counts = {}
    for name, read in readers(bin_).items():
        right, of = collections.Counter(), collections.Counter()
        articles = read(folder + '/html', [p['file'] for p in pages])
        for page in pages:
            got = articles.get(page['file'])
            checks = ({'lists told': got is None} if page['kind'] == 'list' else
                      vietnam_checks(page, got or {'body': '\0' * bool(not got)}))
            for field, ok in checks.items():
                of[field] += 1
                right[field] += bool(ok)
        counts[name] = (right, of)
    table('vietnam/', counts)


def overlap(found, gold):
    both = sum((found & gold).values())
    return both / max(1, sum(gold.values())), both / max(1, sum(found.values()))


def wild(bin_, folder):
    with open(folder + '/gold.jsonl', encoding='utf-8') as lines:
        pages = [json.loads(line) for line in lines]
    print('\n| wild/ | recall | whole (>= .8) | lost (< .2) | precision |\n' + '|---' * 5 + '|')
    for name, read in readers(bin_).items():
        articles = read(folder + '/html', [p['file'] for p in pages])
        rows = []
        for page in pages:
            got = articles.get(page['file'], {})
            text = ' '.join(got.get(k) or '' for k in ('title', 'lead', 'body'))
            rows.append(overlap(collections.Counter(WORD.findall(text.lower())),
                                collections.Counter(WORD.findall(page['text'].lower()))))
        recall, precision = (sum(r[k] for r in rows) / len(rows) for k in (0, 1))
        print(f'| {name} | {recall:.3f} | {sum(r[0] >= .8 for r in rows)} | '
              f'{sum(r[0] < .2 for r in rows)} | {precision:.3f} |')


def main():
    bin_, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    fixtures(bin_)
    if folder:
        vietnam(bin_, folder + '/vietnam')
        wild(bin_, folder + '/wild')


if __name__ == '__main__':
    main()
