/// Functions that tell of the session and the catalog: what drivers and psql ask first. Those that
/// must look into the catalog take the session's handle as their last argument.
@NullMarked
package io.redward.functions.session;

import org.jspecify.annotations.NullMarked;
