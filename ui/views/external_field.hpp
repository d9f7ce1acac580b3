#pragma once

#include "ui/session/session.hpp"

namespace separatrix {

/// The strength h of the external field that a view is drawn in, as its document keeps it:
/// views.ID.field; 0 without one.
double externalField(const Session& session, const std::string& view);
void setExternalField(Session& session, const std::string& view, double field);

}  // namespace separatrix
