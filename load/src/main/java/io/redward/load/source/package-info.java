/// Where a load's bytes come from: files by URL, directory or glob, unpacked on the way, cut into
/// chunks that hold whole records so that workers can parse them side by side.
@NullMarked
package io.redward.load.source;

import org.jspecify.annotations.NullMarked;
