# Run by `cmake --install` before all else: makes the folders DX_FOLDERS, below
# CMAKE_INSTALL_PREFIX or absolute, so that others can enter them whatever the umask of who
# installs (CMake's own rules obey it), and notes in the file DX_MADE which were made.

file(MAKE_DIRECTORY "$ENV{DESTDIR}/")
foreach(folder ${DX_FOLDERS})
  cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} NORMALIZE)
  set(made "")
  while(NOT EXISTS "$ENV{DESTDIR}${folder}")
    list(PREPEND made "${folder}")
    cmake_path(GET folder PARENT_PATH folder)
  endwhile()
  foreach(folder ${made})
    file(MAKE_DIRECTORY "$ENV{DESTDIR}${folder}")
    file(CHMOD "$ENV{DESTDIR}${folder}" DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE
      OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
    file(APPEND ${DX_MADE} "${folder}\n")
  endforeach()
endforeach()
