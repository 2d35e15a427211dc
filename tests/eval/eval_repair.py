"""What eval_repair makes of texts, and where the corpora are."""
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.environ.get("DX_BIN", os.path.join(HERE, "../../build/release"))
CORPORA = os.path.join(os.environ.get("DX_SHARED", os.path.join(
    HERE, "../../../shared")), "data/corpora")


def repaired(texts, *options):
    """Pairs of an encoding and a text."""
    out = subprocess.run([os.path.join(BIN, "tests/eval_repair"), *options], check=True,
                         input=b"\0".join(texts), stdout=subprocess.PIPE).stdout
    return [text.decode("utf-8", "replace").split("\t", 1)
            for text in out.split(b"\0")[:-1]]


def lines_of(path):
    if not path.endswith(".zst"):
        return open(path, "rb").read().splitlines()
    return subprocess.run(["zstd", "-dc", "--long=27", path], check=True,
                          stdout=subprocess.PIPE).stdout.splitlines()
