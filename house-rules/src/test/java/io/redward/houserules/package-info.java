/// The architecture, naming and documentation rules, as tests. A rule that fails names the file and
/// what to do instead.
@NullMarked
package io.redward.houserules;

import org.jspecify.annotations.NullMarked;
