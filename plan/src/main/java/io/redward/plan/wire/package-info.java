/// Records as bytes: how a plan gets to another process, over the network or by way of a file.
@NullMarked
package io.redward.plan.wire;

import org.jspecify.annotations.NullMarked;
