# cmake -DPRESETS=a.json;b.json -DFIGURES=c.json -DPUBLISHED=d.json -DFILES=e.npy;f.pt -DOUTPUT=x
#   -P embed.cmake
# Writes core/runtime/embedded_resources.hpp's functions, x.cpp, and the bytes of FILES, which are too
# many for a compiler, x.s. A leading "01-" in the name of a JSON file gives its place in the list and
# is no part of the resource's name.
cmake_minimum_required(VERSION 3.25)

function(embed function_name files)
  list(SORT files)
  set(arrays "")
  set(entries "")
  set(names "")
  foreach(file IN LISTS files)
    cmake_path(GET file STEM LAST_ONLY name)
    string(REGEX REPLACE "^[0-9][0-9]-" "" name "${name}")
    if(NOT name MATCHES "^[A-Za-z0-9._-]+$")
      message(FATAL_ERROR "${file}: a resource's name may hold letters, digits, '.', '_' and '-'")
    endif()
    if(name IN_LIST names)
      message(FATAL_ERROR "${file}: there is another resource named ${name}")
    endif()
    list(APPEND names "${name}")
    list(LENGTH names number)

    file(READ "${file}" bytes HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    string(REPEAT "......," 16 line)
    string(REGEX REPLACE "(${line})" "\\1\n    " bytes "${bytes}")
    string(APPEND arrays "constexpr char ${function_name}${number}[] = {\n    ${bytes}'\\0'};\n\n")
    string(APPEND entries
      "      {\"${name}\", {${function_name}${number}, sizeof ${function_name}${number} - 1}},\n")
  endforeach()
  set(source "${source}namespace {\n${arrays}}  // namespace

const std::vector<EmbeddedResource>& ${function_name}() {
  static const std::vector<EmbeddedResource> resources = {\n${entries}  };
  return resources;
}\n\n" PARENT_SCOPE)
endfunction()

function(embed_files files)
  list(SORT files)
  set(assembly "    .section .rodata\n")
  foreach(file IN LISTS files)
    cmake_path(GET file FILENAME name)
    string(MAKE_C_IDENTIFIER "embedded_${name}" symbol)
    string(APPEND assembly "    .global ${symbol}, ${symbol}_end\n    .hidden ${symbol}, ${symbol}_end
${symbol}:\n    .incbin \"${file}\"\n${symbol}_end:\n")
    string(APPEND declarations
      "[[gnu::visibility(\"hidden\")]] extern const char ${symbol}[], ${symbol}_end[];\n")
    string(APPEND entries "      {\"${name}\", {${symbol}, ${symbol}_end}},\n")
  endforeach()
  file(WRITE "${OUTPUT}.s" "${assembly}    .section .note.GNU-stack,\"\",@progbits\n")
  set(source "${source}extern \"C\" {\n${declarations}}

const std::vector<EmbeddedResource>& embeddedFiles() {
  static const std::vector<EmbeddedResource> resources = {\n${entries}  };
  return resources;
}\n\n" PARENT_SCOPE)
endfunction()

set(source "// Written by resources/embed.cmake.
#include \"core/runtime/embedded_resources.hpp\"

namespace separatrix {\n\n")
embed(embeddedPresets "${PRESETS}")
embed(embeddedFigures "${FIGURES}")
embed(embeddedPublished "${PUBLISHED}")
embed_files("${FILES}")
file(WRITE "${OUTPUT}.cpp" "${source}}  // namespace separatrix\n")
