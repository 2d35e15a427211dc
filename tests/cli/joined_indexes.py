"""Articles in three parts, queries for them, and whether two answers are the same.

usage: joined_indexes.py make CORPUS FOLDER   a.jsonl b.jsonl c.jsonl queries.tsv ids.txt
       joined_indexes.py compare ONE MANY     JSON lines of one index, of the parts joined
"""
import glob
import json
import os
import random
import re
import sys
import unicodedata

PARTS, PART_ARTICLES = 'abc', 1700  # more than one window of 4,096 documents
VOWELS = ('aàáảãạ', 'ăằắẳẵặ', 'âầấẩẫậ', 'eèéẻẽẹ', 'êềếểễệ', 'oòóỏõọ', 'ôồốổỗộ', 'ơờớởỡợ',
          'uùúủũụ', 'ưừứửữự', 'iìíỉĩị', 'yỳýỷỹỵ')


def sentences(corpus):
    """Of all sample articles, in an order that is always the same."""
    found = set()
    for path in sorted(glob.glob(corpus + '/txt/**/*.txt', recursive=True)):
        with open(path, encoding='utf-8', errors='ignore') as file:
            found.update(re.split(r'(?<=[.!?])\s+|\n', file.read()))
    for path in sorted(glob.glob(corpus + '/jsonl/*.jsonl')):
        with open(path, encoding='utf-8') as file:
            for line in file:
                for value in json.loads(line).values():
                    if isinstance(value, str):
                        found.update(re.split(r'(?<=[.!?])\s+|\n', value))
    return sorted(s.strip() for s in found if 20 < len(s.strip()) < 300)


def bare(text):
    marked = unicodedata.normalize('NFD', text)
    return ''.join(c for c in marked if not unicodedata.combining(c)).replace('đ', 'd').replace('Đ', 'D')


def slip(text, rng):
    """Another tone on one vowel."""
    places = [(i, v) for i, c in enumerate(text) for v in VOWELS if c in v]
    if not places:
        return text
    at, vowel = rng.choice(places)
    return text[:at] + rng.choice(vowel[1:]) + text[at + 1:]


def article(number, rng, lines, before):
    if before and rng.random() < 0.08:  # nearly the same as one of any part
        twin = dict(rng.choice(before))
        twin.update(id=f'd{number}', body=twin['body'] + ' Theo báo.', source='Báo B')
        return twin
    year, month, day = rng.randint(2015, 2025), rng.randint(1, 12), rng.randint(1, 28)
    return {'id': f'd{number}', 'title': rng.choice(lines)[:80].rsplit(' ', 1)[0],
            'body': '\n'.join(rng.sample(lines, rng.randint(3, 6))),
            'date': f'{year}-{month:02}-{day:02}', 'source': rng.choice(['Báo A', 'Báo B', 'Tin C']),
            'tags': rng.choice(['lũ', 'mùa vải, nông sản', 'y tế'])}


def queries(rng, lines):
    special = ['"chuyển đổi số"', 'chuy* đổi', 'ubnd tinh', 'chuyeern ddooir soos', 'chuyen doii so', 'chuyên dôi sô',
               'title:hội', 'so NEAR/3 hoa', 'source:"Báo A" bac giang', '*', 'h?yen', 'dịhc~ vụ',
               '"bac giang" OR "bac ninh"', 'cđs', 'bac giang dup:no', 'lu date:2020..2022']
    pieces = []
    for _ in range(60):
        words = rng.choice(lines).split()
        first = rng.randrange(max(1, len(words) - 6))
        pieces.append(' '.join(words[first:first + rng.randint(2, 6)]))
    return special + pieces + [bare(p) for p in pieces] + [slip(p, rng) for p in pieces]


def make(corpus, folder):
    rng = random.Random(20)
    lines = sentences(corpus)
    articles = []
    for part in PARTS:
        with open(os.path.join(folder, part + '.jsonl'), 'w', encoding='utf-8') as file:
            for _ in range(PART_ARTICLES):
                articles.append(article(len(articles), rng, lines, articles))
                file.write(json.dumps(articles[-1], ensure_ascii=False) + '\n')
    with open(os.path.join(folder, 'queries.tsv'), 'w', encoding='utf-8') as file:
        for number, query in enumerate(queries(rng, lines)):
            file.write(f'{number}\t{query}\n')
    with open(os.path.join(folder, 'ids.txt'), 'w', encoding='utf-8') as file:
        file.write(''.join(a['id'] + '\n' for a in rng.sample(articles, 12)))


def read(path):
    with open(path, encoding='utf-8') as file:
        answers = [json.loads(line) for line in file]
    for answer in answers:
        del answer['time_ms']
        for hit in answer['hits']:
            hit.pop('index', None)
            del hit['path']  # of the file that it came from
    return answers


def compare(one, many):
    ours, theirs = read(one), read(many)
    assert len(ours) == len(theirs) > 0, (len(ours), len(theirs))
    kinds = {note['kind'] for a in ours for note in a['notes']}
    similar = sum(hit['similar'] for a in ours for hit in a['hits'])
    differing = [(a, b) for a, b in zip(ours, theirs) if a != b]
    for a, b in differing[:3]:
        print(a['query'], [k for k in a if a[k] != b.get(k)])
        for x, y in zip(a['hits'], b['hits']):
            for key in x:
                if x[key] != y[key]:
                    print('  ', key, str(x[key])[:100], '|', str(y[key])[:100])
    print(len(ours), 'answers,', len(differing), 'differ;', sorted(kinds), similar, 'similar')
    return not differing


if __name__ == '__main__':
    if sys.argv[1] == 'make':
        make(sys.argv[2], sys.argv[3])
    else:
        sys.exit(0 if compare(sys.argv[2], sys.argv[3]) else 1)
