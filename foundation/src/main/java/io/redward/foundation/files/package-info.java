/// Files that may be lost: what is dear to make and can be made again.
@NullMarked
package io.redward.foundation.files;

import org.jspecify.annotations.NullMarked;
