/// LANGUAGE plpythonu: functions in Python, run by GraalPy. A plug-in: with its jars on the
/// server's class path [io.redward.functions.user.FunctionLanguages] finds it.
///
/// Every worker of a statement has an interpreter of its own for each function
/// ([PythonCode]), which sees no files, no network, no threads and no Java, and which
/// [Watch] closes when a call takes more than it may. Nothing a function leaves behind is seen by
/// another statement.
@NullMarked
package io.redward.python;

import org.jspecify.annotations.NullMarked;
