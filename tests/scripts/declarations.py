"""The functions that headers show, one a line: version, name, prototype.

usage: declarations.py HEADER…

A comment says since which version what follows it is there ("Since 0.2."), up to the
next comment that does or to an empty line. A function without is a fault.
"""
import re
import sys

TOKEN = re.compile(r'\bSince (\d+\.\d+)|\bDX_API\s+(?!__)([^;#{]*?)\s*;', re.S)


def declarations(text):
    for paragraph in re.split(r'\n[ \t]*\n', text):
        since, in_comment = None, None
        for token in TOKEN.finditer(paragraph):
            if token.group(1):
                comment = paragraph.rfind('/*', 0, token.start())
                if comment != in_comment:  # the first of a comment counts
                    since, in_comment = token.group(1), comment
                continue
            prototype = ' '.join(token.group(2).replace('DX_NODISCARD', '').split())
            name = re.search(r'(\w+)\(', prototype).group(1)
            if since is None:
                sys.exit(f'{name}: since which version is it there?')
            yield since, name, prototype


for header in sys.argv[1:]:
    with open(header, encoding='utf-8') as file:
        for declaration in declarations(file.read()):
            print('\t'.join(declaration))
