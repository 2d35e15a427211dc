#!/usr/bin/env bash
# dxindex over a folder that changes: what each run says it did, in its summary
# line and exit status, for every kind of change.
. "$(dirname "$0")/index.bash"

article() { # NUMBER
    printf 'Tin số %s của tỉnh Bắc Giang\n\nUBND tỉnh họp bàn việc thứ %s trong ngày.\n\nNội dung thứ %s được thông qua.\n' "$1" "$1" "$1"
}

mkdir -p kho/a kho/b
for i in 1 2 3; do article $i >kho/a/$i.txt; done
article 4 >kho/b/4.txt

expect 0 "would be: $(counts 4 0 0 0 0)" "$dx" --dry-run kho
[ ! -e dx.index ] || { echo "FAILED: a dry run made an index"; failed=1; }
expect 0 "$(counts 4 0 0 0 0)" "$dx" kho
has "dx.index: 4 articles" out
expect 0 "$(counts 0 0 4 0 0)" "$dx" kho
expect 0 "$(counts 0 0 4 0 0)" "$dx" kho/
expect 0 "$(counts 0 0 3 0 0)" "$dx" kho/a

# a changed file; the same bytes with a new time; a new file
article 22 >kho/a/2.txt
touch -d '2001-02-03' kho/a/3.txt
article 5 >kho/b/5.txt
expect 0 "would be: $(counts 1 1 3 0 0)" "$dx" --dry-run kho
expect 0 "$(counts 1 1 3 0 0)" "$dx" kho
expect 0 "$(counts 0 0 5 0 0)" "$dx" kho

# a renamed file is another article
mv kho/a/2.txt kho/a/hai.txt
expect 0 "$(counts 1 0 4 1 0)" "$dx" kho

# removed files: kept on demand, below the given path only
rm kho/a/1.txt kho/b/4.txt
expect 0 "$(counts 0 0 3 0 0)" "$dx" --no-delete kho
has "dx.index: 5 articles" out
expect 0 "would be: $(counts 0 0 2 1 0)" "$dx" --dry-run kho/a
expect 0 "$(counts 0 0 2 1 0)" "$dx" kho/a
has "dx.index: 4 articles" out
expect 0 "$(counts 0 0 3 1 0)" "$dx" kho
has "dx.index: 3 articles" out

# a path that is not there: nothing is lost
expect 1 "$(counts 0 0 0 0 1)" "$dx" khong-co
has "dxindex: skipped khong-co: No such file or directory" err
has "dx.index: 3 articles" out

# two roots, one within the other, one twice, a file by its name
mkdir them
article 9 >them/9
expect 0 "$(counts 1 0 3 0 0)" "$dx" kho them/9 kho/a kho
expect 0 "$(counts 0 0 1 0 0)" "$dx" them/9

# the index by option and by environment; both relative to where we are
expect 0 "$(counts 3 0 0 0 0)" "$dx" --index khac kho
has "khac: 3 articles" out
DX_INDEX=ba expect 0 "$(counts 3 0 0 0 0)" "$dx" kho
DX_INDEX=ba expect 0 "$(counts 0 0 3 0 0)" "$dx" --index khac kho
DX_INDEX= expect 0 "$(counts 0 0 3 0 0)" "$dx" kho

# a mistyped command is told; and what is not there makes no index
for slip in stat statss chekc dmup bakup analyse; do
    expect 2 "" "$dx" --index moi $slip
    has "no command, file or folder '$slip'; did you mean 'dxindex " err
done
expect 2 "" "$dx" stat kho
has "'dxindex stats'" err
expect 3 "" "$dx" --index moi khong-co
has "khong-co: there is nothing of that name; no index is made" err
expect 3 "" "$dx" --index moi ./stat khong-co/a.txt
has "khong-co/a.txt: there is nothing of that name; no index is made" err
[ ! -e moi ] || { echo "FAILED: a path that is not there made an index"; failed=1; }
expect 1 "$(counts 3 0 0 0 1)" "$dx" --index moi kho ./stat
has "skipped ./stat: No such file or directory" err
mkdir stat
article 10 >stat/10.txt
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index nua stat

# links in a circle, a link to nothing, hidden files, other types
ln -s ../kho kho/len
ln -s khong-co kho/dut.txt
article 7 >kho/.an.txt
mkdir kho/.git
article 8 >kho/.git/8.txt
echo x >kho/anh.jpg
expect 1 "$(counts 0 0 3 0 2)" "$dx" kho
has "skipped kho/len: a link to a folder it is in" err
has "skipped kho/dut.txt: a symbolic link to nothing" err
rm kho/len kho/dut.txt

# quiet prints nothing, verbose names what changes
article 33 >kho/a/3.txt
expect 0 "" "$dx" --quiet kho
[ ! -s out ] && [ ! -s err ] || { echo "FAILED: --quiet printed"; failed=1; }
article 333 >kho/a/3.txt
rm kho/b/5.txt
expect 0 "$(counts 0 1 1 1 0)" "$dx" --verbose kho
has "updated kho/a/3.txt" err
has "removed kho/b/5.txt" err
has "ignored kho/anh.jpg" err

# wrong usage
expect 2 "" "$dx"
has "give a folder or file to index" err
expect 2 "" "$dx" --khong-co kho
expect 2 "" "$dx" --memory 5 kho
expect 2 "" "$dx" --threads 0 kho
expect 2 "" "$dx" --index "" kho
expect 2 "" "$dx" --report khong-co/x kho
expect 2 "" "$dx" --memoryy 1G kho
has "there is no option --memoryy; did you mean --memory?" err
expect 2 "" "$dx" -x kho
expect 2 "" "$dx" kho --index
has "--index needs a value" err
expect 0 "Usage: dxindex [OPTION…] PATH…" "$dx" --help
expect 2 "" "$dx" --format word kho
has "--format word: give one of " err
expect 2 "" "$dx" --map tua=ten_bai kho
has "--map tua=ten_bai: there is no such field; the fields are title, lead, body, id, date" err
expect 2 "" "$dx" --map title= kho
has "give FIELD=NAME" err
expect 2 "" "$dx" --map title=a --map body=A kho
has "--map body=A: this name is mapped already" err

# what a name does not tell, --format does: standard input, and a file without one
printf '<title>Cầu mới</title><p>Cầu mới bắc qua sông Thương.</p>' >trang
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index kieu --format html - <trang
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index kieu --format text trang
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index kieu --format html kho/a/3.txt

# an unreadable folder is told, and what is indexed of it stays
nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
chmod 755 "$work"
if [ "$(id -u)" = 0 ] && nobody "$dx" --version >/dev/null 2>&1; then
    mkdir kin
    article 1 >kho/b/1.txt
    chmod 777 kin
    expect 0 "$(counts 3 0 0 0 0)" nobody "$dx" --index kin/ix kho
    chmod 700 kho/b
    expect 1 "$(counts 0 0 3 0 1)" nobody "$dx" --index kin/ix kho
    has "skipped kho/b: Permission denied" err
    chmod 755 kho/b
    chmod 600 kho/b/1.txt
    touch kho/b/1.txt
    expect 1 "$(counts 0 0 3 0 1)" nobody "$dx" --index kin/ix kho
    has "skipped kho/b/1.txt: cannot open: Permission denied" err
fi

exit $failed
