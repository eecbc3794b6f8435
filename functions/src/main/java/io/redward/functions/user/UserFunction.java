package io.redward.functions.user;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A function ready to run. Equal if all of it is.
///
/// @param skipsNulls NULL among the arguments makes the answer NULL and nothing runs
/// @param changeable two calls with the same arguments may answer differently
/// @param limits of one call
/// @param code as the language has made it
public record UserFunction(
    String name,
    String language,
    List<SqlType> arguments,
    SqlType returns,
    boolean skipsNulls,
    boolean changeable,
    Limits limits,
    byte[] code) {
  /// What one call may use.
  ///
  /// @param millis time
  /// @param bytes memory, garbage included
  public record Limits(int millis, long bytes) {
    /// Five seconds, 64 MB.
    public static final Limits DEFAULT = new Limits(5_000, 64L << 20);
  }

  private static final String MARK = "(user:";

  public UserFunction {
    arguments = List.copyOf(arguments);
  }

  /// True for the id of a function of this kind.
  public static boolean isId(String functionId) {
    return functionId.indexOf(MARK) >= 0;
  }

  /// The function as text: its name, a parenthesis, and what [#parse] reads.
  public String id() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(name);
      out.writeUTF(language);
      out.writeShort(arguments.size());
      for (SqlType argument : arguments) {
        write(out, argument);
      }
      write(out, returns);
      out.writeBoolean(skipsNulls);
      out.writeBoolean(changeable);
      out.writeInt(limits.millis());
      out.writeLong(limits.bytes());
      out.writeInt(code.length);
      out.write(code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return name.replace('(', '_') + MARK + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /// The function that an id means.
  public static UserFunction parse(String functionId) {
    int start = functionId.indexOf(MARK) + MARK.length();
    byte[] bytes = Base64.getDecoder().decode(functionId.substring(start));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String name = in.readUTF();
      String language = in.readUTF();
      List<SqlType> arguments = new ArrayList<>();
      for (int i = in.readShort(); i > 0; i--) {
        arguments.add(readType(in));
      }
      return new UserFunction(
          name,
          language,
          arguments,
          readType(in),
          in.readBoolean(),
          in.readBoolean(),
          new Limits(in.readInt(), in.readLong()),
          in.readNBytes(in.readInt()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, SqlType type) throws IOException {
    out.writeUTF(type.kind().name());
    out.writeInt(type.precision());
    out.writeInt(type.scale());
  }

  private static SqlType readType(DataInputStream in) throws IOException {
    return new SqlType(TypeKind.valueOf(in.readUTF()), in.readInt(), in.readInt());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserFunction that && id().equals(that.id());
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + Arrays.hashCode(code);
  }

  @Override
  public String toString() {
    return language + " function " + name;
  }
}
