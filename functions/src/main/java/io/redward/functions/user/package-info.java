/// Functions that users write in a programming language and that run inside the warehouse.
///
/// A [io.redward.functions.user.FunctionLanguage] turns a body into a
/// [io.redward.functions.user.UserFunction], a value that holds the function's types, limits and
/// code. Its id is all of that as text, so that a plan carries the function wherever it goes: to
/// the classes made of it and to other machines. There the language makes a
/// [io.redward.functions.user.UserCode] of it, one a worker, which generated code fills and runs
/// for each row.
///
/// Languages are found on the class path by [java.util.ServiceLoader]. Java is always there
/// (`functions/sandbox`); others are plug-ins.
@NullMarked
package io.redward.functions.user;

import org.jspecify.annotations.NullMarked;
