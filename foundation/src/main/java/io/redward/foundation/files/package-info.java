/// Files that may be lost: what is dear to make and can be made again
/// ([io.redward.foundation.files.KeptFiles]), and directories that are to go
/// ([io.redward.foundation.files.FileTree]).
@NullMarked
package io.redward.foundation.files;

import org.jspecify.annotations.NullMarked;
