#!/usr/bin/env python3
"""Makes a wheel of bindings/python with libdxsearch and the libraries that it needs inside:
nothing is compiled where it is installed.

Usage: make_wheel.py [FOLDER]     (default build/wheel; prints the wheel's name)"""

import base64
import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
PACKAGE = Path(__file__).resolve().parent / "dxsearch"
SYSTEM = re.compile(r"lib(c|m|pthread|dl|rt)\.so|ld-linux|linux-vdso|ld64")  # what every Linux has


def run(*command: str) -> str:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}")
    return done.stdout


def build_library(folder: Path) -> Path:
    """libdxsearch that looks for its libraries beside itself."""
    run("cmake", "-S", str(SOURCE), "-B", str(folder), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DDX_TESTS=OFF",
        "-DCMAKE_SHARED_LINKER_FLAGS=-Wl,-rpath,'$ORIGIN' -s")
    run("cmake", "--build", str(folder), "--target", "libdxsearch")
    return folder / "libdxsearch.so.0"


def needed(library: Path) -> "list[Path]":
    lines = (line.split() for line in run("ldd", str(library)).splitlines())
    return [Path(words[2]) for words in lines if len(words) > 2 and not SYSTEM.search(words[0])]


def licence(library: Path) -> "Path | None":
    """Debian's, of the package that the library is from."""
    for name in (str(library), str(library.resolve()), str(library.resolve()).removeprefix("/usr")):
        found = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True).stdout
        if found:
            return Path("/usr/share/doc", found.split(":")[0], "copyright")
    return None


def platform_tag(libraries: "list[Path]") -> str:
    """manylinux of the newest glibc that any of them asks for."""
    versions = [tuple(map(int, v)) for library in libraries
                for v in re.findall(r"GLIBC_(\d+)\.(\d+)", run("objdump", "-T", str(library)))]
    major, minor = max(versions)
    return f"manylinux_{major}_{minor}_{sysconfig.get_platform().split('-')[-1].replace('-', '_')}"


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else SOURCE / "build/wheel").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    version = re.search(r"project\(dx VERSION ([\d.]+)", (SOURCE / "CMakeLists.txt").read_text()).group(1)
    library = build_library(folder / "library")
    bundled = [library, *needed(library)]
    tag = f"py3-none-{platform_tag(bundled)}"
    info = f"dxsearch-{version}.dist-info"

    files = {f"dxsearch/{file.name}": file.read_bytes()
             for file in sorted(PACKAGE.iterdir()) if file.suffix in (".py", ".typed") or file.name == "py.typed"}
    files |= {f"dxsearch/{file.name}": file.read_bytes() for file in bundled}
    files[f"{info}/licenses/LICENSE"] = (SOURCE / "LICENSE").read_bytes()
    for file in bundled[1:]:
        text = licence(file)
        if text and text.exists():
            files[f"{info}/licenses/{file.name}.txt"] = text.read_bytes()
    readme = (PACKAGE.parent / "README.md").read_text()
    files[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: dxsearch\nVersion: {version}\n"
        "Summary: Full-text search for Vietnamese news and state documents\nLicense: MIT\n"
        "Requires-Python: >=3.9\nProvides-Extra: pandas\nRequires-Dist: pandas; extra == 'pandas'\n"
        f"Description-Content-Type: text/markdown\n\n{readme}").encode()
    files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: dx\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()

    def digest(data: bytes) -> str:
        return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")

    record = "".join(f"{name},sha256={digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()

    wheel = folder / f"dxsearch-{version}-{tag}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():  # the same bytes whenever it is made
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if ".so" in name else 0o644) << 16
            out.writestr(entry, data)
    print(wheel)


main()
