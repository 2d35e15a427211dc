# fish completion of dxsearch: the options are those that its --help tells.

function __dxsearch_options
    LC_ALL=C dxsearch --help 2>/dev/null |
        string replace -rf '^ +(?:-., )?(--[a-z-]+)\S*(?: [A-Z=]+)? +(.*)' '$1\t$2'
end

complete -c dxsearch -f
complete -c dxsearch -s i -l index -x -a '(__fish_complete_directories)'
complete -c dxsearch -l sort -x -a 'relevance newest oldest'
complete -c dxsearch -l scope -x -a 'all exact others'
complete -c dxsearch -l format -x -a 'text json csv trec html'
complete -c dxsearch -l color -x -a 'auto always never'
complete -c dxsearch -l synonyms -r -F
complete -c dxsearch -l batch -r -F
complete -c dxsearch -l log -r -F
complete -c dxsearch -l log-report -r -F
complete -c dxsearch -n "string match -q -- '-*' (commandline -ct)" -a '(__dxsearch_options)'
