#!/usr/bin/env bash
# README's “A search page in five minutes”: its commands and nothing else, in a clean system;
# then the page has the title, the logo and an answer. At most six commands, and five minutes.
. "$(dirname "$0")/root.bash"

commands=$(awk '/^## A search page in five minutes/ { here = 1 } here && $0 == "```" { exit }
    inside { print } here && $0 == "```sh" { inside = 1 }' README.md)
count=$(wc -l <<<"$commands")
[ "$count" -ge 4 ] && [ "$count" -le 6 ] || fail "README has $count commands"
if (exec 3<>/dev/tcp/127.0.0.1/80) 2>/dev/null; then
    echo "skipped: something listens at port 80 already"
    exit 77
fi

for suite in $suites; do
    root=$work/$suite
    make_root "$suite" "$root"
    start=$(date +%s)
    # A stranger types them one after the other, and stops at the first that fails.
    in_root "$root" "$commands" >"$work/out" 2>"$work/err" || { tail -20 "$work/err" >&2; fail "$suite: a command of README"; }
    seconds=$(($(date +%s) - start))
    for text in 'Báo Mẫu' 'src="/logo.svg"' 'chuyển đổi số' '</html>'; do
        grep -qF -- "$text" "$work/out" || fail "$suite: the page has no $text"
    done
    echo "$suite: $count commands, $seconds s"
    [ "$seconds" -le 300 ] || fail "$suite: $seconds s, not five minutes"
    rm -rf --one-file-system "$root"
done

finish
