/// Tests of the whole: they start a real warehouse over a temporary directory and talk to it as
/// users do. SQL in, rows out lives in `src/test/resources/slt/<area>/*.slt`.
@NullMarked
package io.redward.tests;

import org.jspecify.annotations.NullMarked;
