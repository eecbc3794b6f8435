/// Values as clients read them: one text form for the wire protocol and the Data API, written
/// straight into a growing buffer without a string in between.
@NullMarked
package io.redward.gateway.text;

import org.jspecify.annotations.NullMarked;
