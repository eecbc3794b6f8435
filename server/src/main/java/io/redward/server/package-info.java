/// The program: command line, and the one place that creates the parts and joins them by
/// constructor ([io.redward.server.EmbeddedWarehouse]). Follow it by go-to-definition.
@NullMarked
package io.redward.server;

import org.jspecify.annotations.NullMarked;
