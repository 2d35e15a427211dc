# Run by `cmake --install` when all is in place: the manual pages name the documents
# as installed, and the loader knows the library, or it is said what to do.
# Needs DX_LIBDIR, DX_DOCDIR and DX_MANDIR, below CMAKE_INSTALL_PREFIX or absolute.

foreach(dir LIBDIR DOCDIR MANDIR)
  cmake_path(ABSOLUTE_PATH DX_${dir} BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX})
endforeach()

file(GLOB manuals "$ENV{DESTDIR}${DX_MANDIR}/man[178]/dx*.[178]")
foreach(manual ${manuals})
  file(READ ${manual} text)
  string(REPLACE "/usr/local/share/doc/dx" ${DX_DOCDIR} text "${text}")
  file(WRITE ${manual} "${text}")
endforeach()

if(NOT "$ENV{DESTDIR}" STREQUAL "")
  return() # for a package, whose manager sees to the loader
endif()
find_program(LDCONFIG ldconfig PATHS /sbin /usr/sbin)
set(folders "")
if(LDCONFIG)
  execute_process(COMMAND ${LDCONFIG} -N -X -v OUTPUT_VARIABLE folders ERROR_QUIET)
endif()
# Where /lib is /usr/lib, ldconfig names it so.
string(REGEX REPLACE "^/usr/lib" "/lib" short ${DX_LIBDIR})
string(FIND "\n${folders}" "\n${DX_LIBDIR}:" at)
string(FIND "\n${folders}" "\n${short}:" short_at)
if(at EQUAL -1 AND short_at EQUAL -1)
  message(STATUS "The loader does not look into ${DX_LIBDIR}. Programs linked as pkg-config "
    "says find the library all the same; others need -Wl,-rpath,${DX_LIBDIR}")
  return()
endif()
execute_process(COMMAND ${LDCONFIG} RESULT_VARIABLE failed ERROR_QUIET)
if(failed)
  message(STATUS "Run ldconfig as root, so that programs find libdxsearch in ${DX_LIBDIR}")
else()
  message(STATUS "The loader knows libdxsearch (ldconfig)")
endif()
