/// A small language for generated code: typed expressions ([io.redward.codegen.dsl.Code]) and
/// statements ([io.redward.codegen.dsl.Statement]) that make up methods of one class
/// ([io.redward.codegen.dsl.GeneratedClass]). The same tree is
///
/// - printed as pseudo-Java by [io.redward.codegen.dsl.CodePrinter] (EXPLAIN (CODE)),
/// - emitted as bytecode by [io.redward.codegen.dsl.CodeEmitter],
/// - run as it stands by [io.redward.codegen.dsl.CodeEvaluator], which folds constants and is the
///   twin that tests hold the bytecode against.
///
/// [io.redward.codegen.dsl.Outliner] moves parts of long methods into methods of their own, because
/// HotSpot compiles short ones quickly and very long ones never.
@NullMarked
package io.redward.codegen.dsl;

import org.jspecify.annotations.NullMarked;
