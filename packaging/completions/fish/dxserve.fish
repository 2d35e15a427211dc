# fish completion of dxserve: the options are those that its --help tells.

function __dxserve_options
    LC_ALL=C dxserve --help 2>/dev/null |
        string replace -rf '^ +(?:-., )?(--[a-z-]+)\S*(?: [A-Z=]+)? +(.*)' '$1\t$2'
end

complete -c dxserve -f
complete -c dxserve -s i -l index -x -a '(__fish_complete_directories)'
complete -c dxserve -l http -r -F
complete -c dxserve -l fastcgi -r -F
complete -c dxserve -n "string match -q -- '-*' (commandline -ct)" -a '(__dxserve_options)'
