# root.bash -- clean Debian systems for the tests of packages; to be sourced. Needs root,
# debootstrap and a network; gives $src, $work, removed at the end, and $suites.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

src=$PWD
suites=${DX_SUITES:-bookworm trixie}
mirror=${DX_MIRROR:-http://deb.debian.org/debian}
for tool in debootstrap unshare chroot; do
    command -v $tool >/dev/null || { echo "skipped: no $tool (scripts/deps --roots)"; exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo "skipped: clean systems need root"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*" >&2
    failures=$((failures + 1))
}

# make_root SUITE FOLDER: a system as it is after a minimal installation, with the sources in
# /root/dx. The download is kept in build/roots.
make_root() {
    local kept=$src/build/roots/$1.tar
    if [ ! -e "$kept" ]; then
        mkdir -p "$src/build/roots"
        debootstrap --variant=minbase --include=sudo,ca-certificates,curl "$1" "$work/base" "$mirror" >"$work/log" ||
            { tail -5 "$work/log" >&2; echo "skipped: debootstrap $1 failed"; exit 77; }
        tar -C "$work/base" -cf "$kept.new" .
        mv "$kept.new" "$kept"
        rm -rf --one-file-system "$work/base"
    fi
    mkdir "$2"
    tar -C "$2" -xpf "$kept"
    cp /etc/resolv.conf /etc/hosts "$2/etc/"
    # Without an init system packages start no daemon unless a policy allows it.
    printf '#!/bin/sh\nexit 0\n' >"$2/usr/sbin/policy-rc.d"
    chmod +x "$2/usr/sbin/policy-rc.d"
    mkdir "$2/root/dx"
    git ls-files -z --cached --others --exclude-standard | tar --null -T - --ignore-failed-read -c | tar -x -C "$2/root/dx"
}

# in_root FOLDER SCRIPT: by bash, in /root/dx there. What it started ends with it.
in_root() {
    unshare --mount --pid --fork --kill-child bash -c '
        mount -t proc proc "$1/proc"
        mount -t devpts devpts "$1/dev/pts" 2>/dev/null || true
        exec chroot "$1" env -i HOME=/root TERM=dumb LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            bash -euo pipefail -c "cd /root/dx; $2"' in_root "$1" "$2"
}

# files_of FOLDER: all that the programs of a system may leave, without what apt and daemons keep
files_of() {
    (cd "$1" && find . -path ./proc -prune -o -path ./root/dx -prune -o -path ./var/lib/apt -prune \
        -o -path ./var/cache -prune -o -path ./var/log/apt -prune -o -path ./tmp -prune -o -print) | sort
}

finish() {
    [ "$failures" -eq 0 ] || { echo "$failures failed" >&2; exit 1; }
}
