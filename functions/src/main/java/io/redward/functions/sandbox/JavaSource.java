package io.redward.functions.sandbox;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.redward.foundation.types.SqlType;
import io.redward.functions.user.BodyException;
import io.redward.functions.user.FunctionSource;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// The class around a body, and what of the body's syntax is refused before it is compiled: what
/// the sandbox has no room for, and what can make the compiler itself work for ever.
final class JavaSource {
  static final String CLASS_NAME = "Body";

  /// Lines of the class before the body's first.
  static final int LINES_BEFORE = 2;

  private static final int MAX_BODY = 1 << 16;
  private static final int MAX_NESTING = 200;
  private static final int MAX_LAMBDAS = 32;

  /// Finding the types of lambdas in lambdas takes the compiler time that grows with each level.
  private static final int MAX_LAMBDA_DEPTH = 2;

  /// So does finding those of calls that are arguments of others.
  private static final int MAX_CALL_DEPTH = 6;

  private final FunctionSource source;

  JavaSource(FunctionSource source) {
    this.source = source;
    if (source.body().length() > MAX_BODY) {
      throw new BodyException("the body is longer than " + MAX_BODY + " characters", MAX_BODY);
    }
  }

  /// The name by which the body may call its own function.
  String methodName() {
    String name = source.name();
    return SourceVersion.isIdentifier(name) && !SourceVersion.isKeyword(name) ? name : "body";
  }

  private String before(boolean boxedAnswer) {
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < source.parameters().size(); i++) {
      FunctionSource.Parameter parameter = source.parameters().get(i);
      String name = parameter.name().isEmpty() ? "$" + (i + 1) : parameter.name();
      if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
        throw new BodyException("\"" + name + "\" cannot be the name of a Java variable", -1);
      }
      JavaType type = type(parameter.type());
      parameters.add(JavaType.text(source.skipsNulls() ? type.plain() : type.boxed()) + " " + name);
    }
    JavaType returns = type(source.returns());
    return "import java.math.*; import java.time.*; import java.time.temporal.*; "
        + "import java.util.*; import java.util.function.*; import java.util.stream.*;"
        + "\nfinal class "
        + CLASS_NAME
        + " { "
        + JavaType.text(boxedAnswer ? returns.boxed() : returns.plain())
        + " "
        + methodName()
        + "("
        + String.join(", ", parameters)
        + ") {\n";
  }

  static JavaType type(SqlType type) {
    return JavaType.of(type)
        .orElseThrow(
            () ->
                new BodyException(
                    "a Java function cannot take or answer values of type " + type.kind().sqlName(),
                    -1));
  }

  /// @param boxedAnswer whether the body may answer null
  String text(boolean boxedAnswer) {
    return before(boxedAnswer) + source.body() + "\n}}\n";
  }

  /// The place in the body of a place in the text; negative outside of it.
  int offset(long position, boolean boxedAnswer) {
    long offset = position - before(boxedAnswer).length();
    return offset > source.body().length() ? source.body().length() : (int) offset;
  }

  /// Looks at the syntax tree of the text with a boxed answer; says whether a null is returned.
  boolean check(CompilationUnitTree unit, Trees trees) {
    Check check = new Check(unit, trees.getSourcePositions());
    check.scan(unit, null);
    return check.answersNull || !source.skipsNulls();
  }

  private final class Check extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private int classes;
    private int methods;
    private int depth;
    private int lambdas;
    private int lambdaDepth;
    private int callDepth;
    private boolean returning;
    private boolean answersNull;

    Check(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    private BodyException refused(Tree tree, String what) {
      long start = positions.getStartPosition(unit, tree);
      return new BodyException(what + " cannot be used in a function", offset(start, true));
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
      if (tree == null) {
        return null;
      }
      if (++depth > MAX_NESTING) {
        throw refused(tree, "an expression nested so deeply");
      }
      super.scan(tree, null);
      depth--;
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
      if (++classes > 1) {
        throw refused(tree, "a class");
      }
      return super.visitClass(tree, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
      if (++methods > 1) {
        throw refused(tree, "a second method");
      }
      return super.visitMethod(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void nothing) {
      scan(tree.getTypeArguments(), null);
      scan(tree.getMethodSelect(), null);
      callDepth++;
      scan(tree.getArguments(), null);
      callDepth--;
      return null;
    }

    /// One more lambda or reference.
    private void lambda(Tree tree) {
      if (++lambdas > MAX_LAMBDAS) {
        throw refused(tree, "one more lambda expression");
      }
      if (callDepth > MAX_CALL_DEPTH) {
        throw refused(tree, "a lambda expression in calls nested so deeply");
      }
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void nothing) {
      lambda(tree);
      if (++lambdaDepth > MAX_LAMBDA_DEPTH) {
        throw refused(tree, "a lambda expression nested so deeply");
      }
      super.visitLambdaExpression(tree, null);
      lambdaDepth--;
      return null;
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void nothing) {
      lambda(tree);
      return super.visitMemberReference(tree, null);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void nothing) {
      throw refused(tree, "an annotation");
    }

    @Override
    public @Nullable Void visitAssert(AssertTree tree, @Nullable Void nothing) {
      throw refused(tree, "an assertion");
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void nothing) {
      throw refused(tree, "a lock");
    }

    @Override
    public @Nullable Void visitTry(TryTree tree, @Nullable Void nothing) {
      if (tree.getFinallyBlock() != null || !tree.getResources().isEmpty()) {
        throw refused(tree, "try with finally or resources");
      }
      return super.visitTry(tree, null);
    }

    /// Constants of strings are computed by the compiler, and a few lines can make one endless.
    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
      boolean constant =
          tree.getModifiers().getFlags().contains(Modifier.FINAL) && tree.getInitializer() != null;
      boolean number =
          tree.getType() != null && tree.getType().getKind() == Tree.Kind.PRIMITIVE_TYPE;
      if (constant && !number) {
        throw refused(tree, "\"final\" before a variable that is no number");
      }
      return super.visitVariable(tree, null);
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void nothing) {
      returning = true;
      super.visitReturn(tree, null);
      returning = false;
      return null;
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void nothing) {
      answersNull |= returning && tree.getKind() == Tree.Kind.NULL_LITERAL;
      return null;
    }
  }
}
