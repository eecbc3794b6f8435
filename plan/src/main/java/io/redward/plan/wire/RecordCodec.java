package io.redward.plan.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Records as bytes. What may be read is found by walking from the classes it is made for through
/// the components of records and the cases of sealed interfaces; a class is written as its place in
/// that list, so that no bytes can name another. Writer and reader must be of the same version.
/// Thread-safe.
public final class RecordCodec {
  private static final int MOST_ELEMENTS = 1 << 24;

  private final List<Shape> shapes = new ArrayList<>();
  private final Map<Class<?>, Integer> places = new HashMap<>();

  /// @param roots public records and enums, and sealed interfaces of them
  public RecordCodec(Class<?>... roots) {
    for (Class<?> root : roots) {
      find(root);
    }
  }

  /// A record or an enum that may be written.
  private record Shape(Class<?> type, RecordComponent[] components, Constructor<?>[] canonical) {}

  /// Names of all shapes and their components, by which two versions tell whether they understand
  /// each other.
  public String vocabulary() {
    StringBuilder text = new StringBuilder();
    for (Shape shape : shapes) {
      text.append(shape.type().getName()).append('(');
      for (RecordComponent component : shape.components()) {
        text.append(component.getName()).append(':').append(component.getGenericType()).append(' ');
      }
      if (shape.type().isEnum()) {
        text.append(List.of(shape.type().getEnumConstants()));
      }
      text.append(')');
    }
    return text.toString();
  }

  public byte[] write(Record value) {
    return bytes(out -> record(value, out));
  }

  public byte[] write(List<? extends Record> values) {
    return bytes(
        out -> {
          out.writeInt(values.size());
          for (Record value : values) {
            record(value, out);
          }
        });
  }

  /// @throws IllegalArgumentException if the bytes are no such record
  public <T> T read(byte[] bytes, Class<T> type) {
    return read(bytes, in -> type.cast(record(in)));
  }

  /// @throws IllegalArgumentException if the bytes are no such records
  public <T> List<T> readList(byte[] bytes, Class<T> type) {
    return read(
        bytes,
        in -> {
          List<T> values = new ArrayList<>();
          for (int left = count(in); left > 0; left--) {
            values.add(type.cast(record(in)));
          }
          return values;
        });
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    try {
      return reading.from(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException | IndexOutOfBoundsException | ClassCastException e) {
      throw new IllegalArgumentException("not the bytes of such a record", e);
    }
  }

  private void find(Class<?> type) {
    if (places.containsKey(type) || !type.getPackageName().startsWith("io.redward.")) {
      return;
    }
    if (type.isSealed()) {
      for (Class<?> each : type.getPermittedSubclasses()) {
        find(each);
      }
      return;
    }
    if (!type.isRecord() && !type.isEnum()) {
      throw new IllegalStateException(type + " cannot be written");
    }
    places.put(type, shapes.size());
    RecordComponent[] components =
        type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    shapes.add(new Shape(type, components, canonical(type, components)));
    for (RecordComponent component : components) {
      findIn(component.getGenericType());
    }
  }

  private void findIn(Type type) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        findIn(argument);
      }
    } else if (type instanceof Class<?> plain && !plain.isPrimitive() && !plain.isArray()) {
      find(plain);
    }
  }

  private static Constructor<?>[] canonical(Class<?> type, RecordComponent[] components) {
    if (!type.isRecord()) {
      return new Constructor<?>[0];
    }
    Class<?>[] parameters = new Class<?>[components.length];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = components[i].getType();
    }
    try {
      return new Constructor<?>[] {type.getDeclaredConstructor(parameters)};
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private void record(Object value, DataOutputStream out) throws IOException {
    Integer place = places.get(value.getClass());
    if (place == null) {
      throw new IllegalStateException(value.getClass() + " is not to be written");
    }
    out.writeShort(place);
    if (value instanceof Enum<?> constant) {
      out.writeShort(constant.ordinal());
      return;
    }
    Shape shape = shapes.get(place);
    for (RecordComponent component : shape.components()) {
      try {
        value(component.getGenericType(), component.getAccessor().invoke(value), out);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void value(Type type, Object value, DataOutputStream out) throws IOException {
    switch (value) {
      case Integer number -> out.writeInt(number);
      case Long number -> out.writeLong(number);
      case Double number -> out.writeDouble(number);
      case Boolean flag -> out.writeBoolean(flag);
      case Character character -> out.writeChar(character);
      case String text -> bytes(text.getBytes(StandardCharsets.UTF_8), out);
      case byte[] bytes -> bytes(bytes, out);
      case BigInteger number -> bytes(number.toByteArray(), out);
      case int[] numbers -> {
        out.writeInt(numbers.length);
        for (int number : numbers) {
          out.writeInt(number);
        }
      }
      case OptionalLong number -> {
        out.writeBoolean(number.isPresent());
        out.writeLong(number.orElse(0));
      }
      case Optional<?> optional -> {
        out.writeBoolean(optional.isPresent());
        if (optional.isPresent()) {
          value(element(type), optional.get(), out);
        }
      }
      case List<?> list -> {
        out.writeInt(list.size());
        for (Object each : list) {
          value(element(type), each, out);
        }
      }
      default -> record(value, out);
    }
  }

  private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static Type element(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private Object record(DataInputStream in) throws IOException {
    Shape shape = shapes.get(in.readUnsignedShort());
    if (shape.type().isEnum()) {
      return shape.type().getEnumConstants()[in.readUnsignedShort()];
    }
    Object[] values = new Object[shape.components().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(shape.components()[i].getGenericType(), in);
    }
    try {
      return shape.canonical()[0].newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IOException("not a " + shape.type().getSimpleName(), e);
    }
  }

  private Object value(Type type, DataInputStream in) throws IOException {
    Class<?> raw =
        (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    if (raw == int.class || raw == Integer.class) {
      return in.readInt();
    } else if (raw == long.class) {
      return in.readLong();
    } else if (raw == double.class) {
      return in.readDouble();
    } else if (raw == boolean.class || raw == Boolean.class) {
      return in.readBoolean();
    } else if (raw == char.class) {
      return in.readChar();
    } else if (raw == String.class) {
      return new String(bytes(in), StandardCharsets.UTF_8);
    } else if (raw == byte[].class) {
      return bytes(in);
    } else if (raw == BigInteger.class) {
      return integer(bytes(in));
    } else if (raw == int[].class) {
      int[] numbers = new int[count(in)];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readInt();
      }
      return numbers;
    } else if (raw == OptionalLong.class) {
      boolean present = in.readBoolean();
      long number = in.readLong();
      return present ? OptionalLong.of(number) : OptionalLong.empty();
    } else if (raw == Optional.class) {
      return in.readBoolean() ? Optional.of(value(element(type), in)) : Optional.empty();
    } else if (raw == List.class) {
      int count = count(in);
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        list.add(value(element(type), in));
      }
      return list;
    }
    return record(in);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[count(in)];
    in.readFully(bytes);
    return bytes;
  }

  private static BigInteger integer(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("an integer of no bytes");
    }
    return new BigInteger(bytes);
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST_ELEMENTS) {
      throw new IOException("a list of " + count);
    }
    return count;
  }
}
