/// What texts mean to several rooms alike: [io.redward.foundation.text.Brackets] of patterns, which
/// operators with a constant pattern and functions read in the same way.
@NullMarked
package io.redward.foundation.text;

import org.jspecify.annotations.NullMarked;
