/// Session parameters: what SET takes, SHOW gives and RESET restores. Entry type:
/// [io.redward.leader.settings.Settings].
@NullMarked
package io.redward.leader.settings;

import org.jspecify.annotations.NullMarked;
