# Run by `cmake --build build/release --target uninstall`: removes the files of the last
# installation, which the file MANIFEST lists, and those of the folders that were made for
# them, in the file FOLDERS, that are empty then.

if(NOT EXISTS ${MANIFEST})
  message(FATAL_ERROR "Nothing was installed from here: there is no ${MANIFEST}")
endif()
file(STRINGS ${MANIFEST} files)
foreach(file ${files})
  file(REMOVE "$ENV{DESTDIR}${file}")
  if(EXISTS "$ENV{DESTDIR}${file}" OR IS_SYMLINK "$ENV{DESTDIR}${file}")
    message(FATAL_ERROR "$ENV{DESTDIR}${file} cannot be removed; nothing after it was")
  endif()
endforeach()

set(folders "")
if(EXISTS ${FOLDERS})
  file(STRINGS ${FOLDERS} folders)
endif()
list(REVERSE folders)
foreach(folder ${folders})
  execute_process(COMMAND rmdir "$ENV{DESTDIR}${folder}" ERROR_QUIET)
endforeach()
file(REMOVE ${MANIFEST} ${FOLDERS})
list(LENGTH files count)
message(STATUS "${count} files removed")
