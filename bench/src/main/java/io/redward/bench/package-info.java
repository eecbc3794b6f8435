/// `./redward bench`: measures the warehouse against another engine in the same run, query by query
/// in turn, so that the ratios hold on a noisy machine. Speed is measured here and nowhere in the
/// tests.
@NullMarked
package io.redward.bench;

import org.jspecify.annotations.NullMarked;
