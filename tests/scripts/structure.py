"""The shape of the source tree, as tests/scripts/check_layers.sh holds it.

usage: structure.py layers|circles|homes|folders|report TREE

  layers   includes go from a room to itself or to a room below it, by paths from
           the root; a library's header is included by its one adapter; an
           *_internal.h is included from its own folder only
  circles  no pairs of .c and .h include one another in a circle
  homes    a function is defined once, in the .c file named like the header that
           declares it
  folders  no folder has more than a dozen pairs of .c and .h
  report   all of these as a table of figures

Each prints one line a fault, beginning with the file, and nothing when all is well.
"""
import os
import re
import sys

PAIRS_MAX = 12

# Rooms, each with those that it may include from. A room is a folder with its
# subfolders; the longest name that fits is a file's room.
BASE = ['common/include', 'common/base']
CLI = BASE + ['common/cli']
TEXT = BASE + ['common/text']
NAMES = TEXT + ['common/names']
CHUNK = BASE + ['common/index/store', 'common/index/chunk']
CODEC = BASE + ['common/index/chunk', 'common/index/codec']
STORE = BASE + ['common/index/store']
FIELD = TEXT + ['common/index/field']
SEGMENT = FIELD + ['common/index/chunk', 'common/index/codec', 'common/index/store', 'common/index/segment']
CHECK = SEGMENT + ['common/index/check']
CHILD = BASE + ['indexer/input/child']
INPUT = TEXT + CHILD + ['common/index/field', 'indexer/input']
GATHER = SEGMENT + NAMES + INPUT + ['indexer/gather']
INVERT = GATHER + ['indexer/invert']
RUN = INVERT + ['indexer/run']
PUBLIC = BASE + ['searcher/include']
QUERY = TEXT + PUBLIC + ['common/index/field', 'searcher/query']
LOOKUP = SEGMENT + NAMES + QUERY + ['searcher/match/lookup']
EVALUATE = LOOKUP + ['searcher/match/evaluate']
MATCH = EVALUATE + ['searcher/match']
SCORE = MATCH + ['searcher/match/score']
RANK = SCORE + ['searcher/match/rank']
UNDERSTAND = RANK + ['searcher/understand']
SUGGEST = SEGMENT + ['searcher/suggest']
ANSWER = UNDERSTAND + SUGGEST + ['searcher/answer']
OUTPUT = TEXT + PUBLIC + ['common/cli', 'common/index/field', 'searcher/output']
REPORT = TEXT + ['common/cli', 'searcher/report']
SERVE = OUTPUT + ['searcher/serve']
ROOMS = {
    'common/include': [], 'common/base': BASE, 'common/cli': CLI,
    'common/text': TEXT, 'common/names': NAMES,
    'common/index/chunk': CHUNK, 'common/index/codec': CODEC, 'common/index/store': STORE, 'common/index/field': FIELD,
    'common/index/segment': SEGMENT, 'common/index/check': CHECK,
    'indexer/input/child': CHILD, 'indexer/input': INPUT, 'indexer/gather': GATHER, 'indexer/invert': INVERT,
    'indexer/run': RUN, 'indexer/cli': RUN + CHECK + ['common/cli', 'indexer/cli'],
    'indexer/main.c': CLI + ['indexer/cli'],
    'searcher/include': PUBLIC, 'searcher/query': QUERY,
    'searcher/match/lookup': LOOKUP, 'searcher/match/evaluate': EVALUATE,
    'searcher/match': MATCH, 'searcher/match/score': SCORE, 'searcher/match/rank': RANK,
    'searcher/understand': UNDERSTAND, 'searcher/answer': ANSWER, 'searcher/suggest': SUGGEST,
    'searcher/output': OUTPUT, 'searcher/serve': SERVE,
    'searcher/report': REPORT,
    'searcher/cli': OUTPUT + ['searcher/query', 'searcher/report', 'searcher/cli'],
    'searcher/cgi': SERVE + ['searcher/cgi'],
    'searcher/daemon': SERVE + ['searcher/daemon'],
    'searcher/main.c': OUTPUT + ['searcher/cli'],
}

# The one file, or two, that may include a library's header.
ADAPTERS = {
    'lmdb.h': 'common/index/store/lmdb_file.h',
    'utf8proc.h': 'common/text/utf8.c',
    'libstemmer.h': 'common/text/stem.c',
    'lz4.h': 'common/index/codec/decompress.c',
    'lz4hc.h': 'common/index/codec/compress.c',
    'xxhash.h': 'common/base/hash.c common/base/wide/hash_wide.c',
    'gumbo.h': 'indexer/input/html/dom_gumbo.c',
    'yajl/yajl_parse.h': 'indexer/input/json/tree.c',
    'archive.h': 'indexer/input/packed/unpack.c',
    'zlib.h': 'indexer/input/packed/gunzip.c',
    'nettle/sha1.h': 'indexer/input/archive/digest.c',
    'nettle/sha2.h': 'indexer/input/archive/digest.c searcher/output/html/look/policy.c',
    'nettle/base64.h': 'searcher/output/html/look/policy.c',
    'expat.h': 'indexer/input/xml/xml.c',
    'microhttpd.h': 'searcher/daemon/http.c',
    'fcgiapp.h': 'searcher/daemon/fastcgi.c',
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def sources():
    for top in ('common', 'indexer', 'searcher'):
        for folder, _, names in os.walk(top):
            for name in sorted(names):
                if name.endswith(('.c', '.h')):
                    path = os.path.join(folder, name)
                    with open(path, encoding='utf-8') as file:
                        yield path, file.read()


def room_of(path):
    fitting = [r for r in ROOMS if path == r or path.startswith(r + '/')]
    return max(fitting, key=len, default=None)


def include_faults(path, mark, included):
    if mark == '<':
        adapter = ADAPTERS.get(included)
        if adapter and path not in adapter.split():
            yield f'only {adapter} may include <{included}>'
        if included.split('/')[0] in ('common', 'indexer', 'searcher'):
            yield f'<{included}> is not installed: include it by "…"'
        return
    if not os.path.isfile(included):
        yield f'"{included}" is no path from the root'
        return
    if room_of(included) not in ROOMS[room_of(path)]:
        yield f'may not include "{included}"'
    if included.endswith('_internal.h') and os.path.dirname(included) != os.path.dirname(path):
        yield f'"{included}" is for its own folder'


def layers():
    for path, text in sources():
        if not room_of(path):
            yield f'{path}: is in no room that tests/scripts/structure.py knows'
            continue
        for mark, included in INCLUDE.findall(text):
            for fault in include_faults(path, mark, included):
                yield f'{path}: {fault}'
    for library, adapters in ADAPTERS.items():
        for adapter in adapters.split():
            with open(adapter, encoding='utf-8') as file:
                if ('<', library) not in INCLUDE.findall(file.read()):
                    yield f'{adapter}: should be the adapter that includes <{library}>'


def circles():
    """Pairs that reach themselves by includes (Tarjan's algorithm)."""
    arrows = {}
    for path, text in sources():
        unit = arrows.setdefault(path[:-2], set())
        unit.update(i[:-2] for mark, i in INCLUDE.findall(text) if mark == '"')
    number, low, stack = {}, {}, []
    found = []

    def visit(unit):
        number[unit] = low[unit] = len(number)
        stack.append(unit)
        for other in sorted(arrows.get(unit, ())):
            if other not in number:
                visit(other)
            if other in stack:
                low[unit] = min(low[unit], low[other])
        if low[unit] == number[unit]:
            circle = stack[stack.index(unit):]
            del stack[stack.index(unit):]
            if len(circle) > 1:
                found.append(sorted(circle))

    sys.setrecursionlimit(len(arrows) + 1000)
    for unit in sorted(arrows):
        if unit not in number:
            visit(unit)
    for circle in found:
        yield f'{circle[0]}.c: in a circle with {", ".join(circle[1:])}'


def plain(text):
    """Without comments, strings and preprocessor lines."""
    text = re.sub(r'/\*.*?\*/', ' ', text, flags=re.S)
    text = re.sub(r'"(\\.|[^"\\\n])*"|\'(\\.|[^\'\\\n])*\'', '""', text)
    return re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', '', text, flags=re.M)


def outermost(text):
    """Text at file level, every {...} replaced by one pair of braces."""
    out, depth = [], 0
    for piece in re.split(r'([{}])', text):
        if piece == '{':
            out.append('{' if depth == 0 else '')
            depth += 1
        elif piece == '}':
            depth -= 1
            out.append('}' if depth == 0 else '')
        elif depth == 0:
            out.append(piece)
    return ''.join(out)


FUNCTION = re.compile(r'([^;{}]*?)\b(dx_\w+)\s*\(([^;{}]*)\)\s*(?:__attribute__\s*\(\(.*?\)\))?\s*([;{])', re.S)


def functions(text, kind):
    """Names of functions declared (';') or defined ('{') at file level."""
    for before, name, _, end in FUNCTION.findall(outermost(plain(text))):
        if end == kind and 'typedef' not in before and 'static' not in before and before.strip():
            yield name


def homes():
    declared, defined = {}, {}
    for path, text in sources():
        if path.endswith('.c'):
            for name in functions(text, '{'):
                if name in defined:
                    yield f'{path}: {name}() is defined in {defined[name]}, too'
                defined[name] = path
        elif '/include/' not in path:
            for name in functions(text, ';'):
                declared.setdefault(name, path)
    public = set()
    for path, text in sources():
        if '/include/' in path:
            public.update(functions(text, ';'))
    for name, path in sorted(declared.items()):
        home = path[:-2] + '.c'
        at = defined.get(name)
        if name not in public and at and at != home:
            yield f'{path}: {name}() is defined in {at}'


def pairs():
    found = {}
    for path, _ in sources():
        folder, name = os.path.split(path)
        found.setdefault(folder, set()).add(name[:-2])
    return found


def folders():
    for folder, names in sorted(pairs().items()):
        if len(names) > PAIRS_MAX:
            yield f'{folder}: {len(names)} pairs, more than {PAIRS_MAX}'


def report():
    faults = {'includes that go up or sideways': list(layers()),
              'circles of files': list(circles()), 'functions not at home': list(homes()), 'folders too full': list(folders())}
    for what, lines in faults.items():
        yield f'{what}: {len(lines)}'
    for folder, names in sorted(pairs().items()):
        yield f'{folder}: {len(names)}'


if __name__ == '__main__':
    if len(sys.argv) != 3 or sys.argv[1] not in ('layers', 'circles', 'homes', 'folders', 'report'):
        sys.exit(__doc__)
    os.chdir(sys.argv[2])
    print('\n'.join(globals()[sys.argv[1]]()))
