/// The catalogue of built-in functions. The binder asks
/// [io.redward.functions.FunctionCatalog] what a call means and
/// [io.redward.functions.AggregateCatalog] which aggregate or window function a name is; code
/// generation asks for the method behind a function id. A family is one package: a table of
/// definitions and a class of static methods. [io.redward.functions.FunctionManual] writes the
/// manual and the SQL tests of the examples.
@NullMarked
package io.redward.functions;

import org.jspecify.annotations.NullMarked;
