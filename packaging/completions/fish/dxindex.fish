# fish completion of dxindex: the options are those that its --help tells.

function __dxindex_options
    LC_ALL=C dxindex (string match -r '^[a-z]+$' -- (commandline -opc)[2]) --help 2>/dev/null |
        string replace -rf '^ +(?:-., )?(--[a-z-]+)\S*(?: [A-Z=]+)? +(.*)' '$1\t$2'
end

set -l commands inspect check stats dump remove backup restore rebuild analyze
complete -c dxindex -n "test (count (commandline -opc)) = 1" -a "$commands"
complete -c dxindex -s i -l index -x -a '(__fish_complete_directories)'
complete -c dxindex -n "string match -q -- '-*' (commandline -ct)" -a '(__dxindex_options)'
