/// Java as a language of functions, in a sandbox.
///
/// [JavaLanguage] takes a body through four gates, and at run time there is a fifth:
///
/// 1. [JavaSource] puts the body into a class and looks at its syntax tree: one method, few
///    lambdas, no classes.
/// 2. [JavaBuild] compiles it with the JDK's compiler, in memory.
/// 3. [ClassCheck] reads the class file: every class, method and field it names must be in
///    [AllowedCalls], every lambda one by [Lambdas]; no locks, no class constants, no `finally`,
///    nothing static beside lambdas.
/// 4. [Instrumentation] writes it anew: loops, methods, handlers and library calls count time,
///    allocations count memory, methods count depth; calls that may take long or much go through
///    [Guards], those of collections through [CollectionGuards],
///    of streams through [StreamGuards], [CollectorGuards] and [OrderGuards]; a method reference
///    becomes one to a method of the class itself, which counts and calls.
/// 5. [SandboxLoader] finds no class that the table does not name.
///
/// What a function may use is counted in [JavaCode], which the class is made to extend.
@NullMarked
package io.redward.functions.sandbox;

import org.jspecify.annotations.NullMarked;
