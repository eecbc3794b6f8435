package io.redward.codegen.dsl;

import java.util.List;

/// About how many bytecodes code will take.
final class CodeSize {
  private CodeSize() {}

  static int of(Statement statement) {
    return switch (statement) {
      case Statement.Block(List<Statement> statements) -> {
        int size = 0;
        for (Statement each : statements) {
          size += of(each);
        }
        yield size;
      }
      case Statement.Assign(Variable _, Code value) -> 2 + of(value);
      case Statement.SetField(String _, Class<?> _, Code value) -> 4 + of(value);
      case Statement.SetMember member -> 3 + of(member.object()) + of(member.value());
      case Statement.SetElement(Code array, Code index, Code value) ->
          1 + of(array) + of(index) + of(value);
      case Statement.Run(Code call) -> 1 + of(call);
      case Statement.If(Code condition, Statement.Block then, Statement.Block otherwise) ->
          3 + of(condition) + of(then) + of(otherwise);
      case Statement.While(Code condition, Statement.Block body) -> 6 + of(condition) + of(body);
      case Statement.Labeled(Statement.Label _, Statement.Block body) -> of(body);
      case Statement.Attempt(Statement.Block body, Statement.Block otherwise) ->
          4 + of(body) + of(otherwise);
      case Statement.Break _ -> 3;
      case Statement.Return(Code value) -> 1 + of(value);
      case Statement.Region(String _, Statement.Block body) -> of(body);
      case Statement.Note _ -> 0;
    };
  }

  static int of(Code code) {
    return switch (code) {
      case Code.Read _ -> 2;
      case Code.IntConstant _, Code.BooleanConstant _ -> 2;
      case Code.LongConstant _, Code.DoubleConstant _ -> 3;
      case Code.Field _ -> 4;
      case Code.Member member -> 3 + of(member.object());
      case Code.Binary(Code.Operator _, Code left, Code right) -> 1 + of(left) + of(right);
      case Code.Compare(Code.Relation _, Code left, Code right) -> 6 + of(left) + of(right);
      case Code.And(Code left, Code right) -> of(left) + of(right);
      case Code.Or(Code left, Code right) -> of(left) + of(right);
      case Code.Not(Code value) -> of(value);
      case Code.Choose(Code condition, Code then, Code otherwise) ->
          6 + of(condition) + of(then) + of(otherwise);
      case Code.Convert(Class<?> _, Code value) -> 1 + of(value);
      case Code.Downcast(Class<?> _, Code value) -> 3 + of(value);
      case Code.Element(Code array, Code index) -> 1 + of(array) + of(index);
      case Code.Length(Code array) -> 1 + of(array);
      case Code.StaticCall call -> 3 + of(call.arguments());
      case Code.VirtualCall call -> 4 + of(call.target()) + of(call.arguments());
      case Code.OwnCall(String _, Class<?> _, List<Code> arguments) -> 4 + of(arguments);
    };
  }

  private static int of(List<Code> codes) {
    int size = 0;
    for (Code code : codes) {
      size += of(code);
    }
    return size;
  }
}
