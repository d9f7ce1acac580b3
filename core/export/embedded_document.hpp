#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace separatrix {

// A figure carries the document that it shows, so that it can be opened like one: a PNG in an iTXt
// chunk with the keyword "separatrix", an SVG in <metadata id="separatrix">, a PDF in its XMP
// metadata. Here is both how it is written and how it is found again.

/// Whether the bytes, or the first hundred of them, are those of a PNG, PDF or SVG (any XML), by
/// their content.
bool isFigure(std::string_view bytes);

/// The document of a figure as it was put in; nothing if it carries none. Any bytes may be given:
/// they are walked through once, and of them only the document is copied, which is at most 64 MiB.
std::optional<std::string> embeddedDocument(std::string_view bytes);

/// A PNG with the document before its picture data. Throws Failure if the bytes are no PNG.
std::string withDocument(std::string_view png, std::string_view document);

/// The element of an SVG, with a final newline, to be put in below its root.
std::string svgMetadata(std::string_view document);

/// A whole XMP packet for a PDF of this title (UTF-8; may be empty).
std::string xmpMetadata(std::string_view title, std::string_view producer,
                        std::string_view document);

}  // namespace separatrix
