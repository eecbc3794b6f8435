package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.foundation.types.Physical;
import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.StringKeys;
import java.util.ArrayList;
import java.util.List;

/// Keys of hash tables in generated code: each as the words that are stored and compared, and the
/// hash over all. Build, probe and aggregate agree on it by using it.
///
/// @param keys the values
/// @param words by key, its words in local variables: 0 where the key is NULL, for a string the
///     packed word or 0
record KeyWords(List<Value> keys, List<List<Code>> words) {

  static KeyWords of(List<Value> keys, Scope scope) {
    List<List<Code>> words = new ArrayList<>();
    for (Value key : keys) {
      words.add(words(key, scope));
    }
    return new KeyWords(List.copyOf(keys), words);
  }

  private static List<Code> words(Value key, Scope scope) {
    List<Code> words =
        switch (key.physical()) {
          case INT, LONG -> List.of(Codes.toLong(key.part()));
          case DOUBLE -> List.of(Codes.call(Hashes.class, "doubleWord", long.class, key.part()));
          case INT128 -> key.parts();
          case BYTES -> List.of(Codes.call(StringKeys.class, "pack", long.class, key.parts()));
        };
    List<Code> stable = new ArrayList<>();
    for (Code word : words) {
      Code orZero = key.nullable() ? new Code.Choose(key.isNull(), Code.of(0L), word) : word;
      stable.add(scope.stable("key", orZero));
    }
    return stable;
  }

  /// The hash of all keys, in a local variable.
  Code hash(Scope scope) {
    if (keys.size() == 1 && isInteger(0)) {
      Code word = orNullWord(keys.getFirst(), words.getFirst().getFirst());
      return scope.stable("hash", Codes.call(Hashes.class, "mix", long.class, word));
    }
    Code hash = Code.of(Hashes.SEED);
    for (int i = 0; i < keys.size(); i++) {
      Value key = keys.get(i);
      for (Code word : hashWords(i)) {
        Code present = orNullWord(key, word);
        hash = Codes.call(Hashes.class, "combine", long.class, hash, present);
      }
    }
    return scope.stable("hash", Codes.call(Hashes.class, "finish", long.class, hash));
  }

  private static Code orNullWord(Value key, Code word) {
    return key.nullable() ? new Code.Choose(key.isNull(), Code.of(Hashes.NULL_WORD), word) : word;
  }

  private List<Code> hashWords(int index) {
    Value key = keys.get(index);
    if (key.physical() != Physical.BYTES) {
      return words.get(index);
    }
    Code packed = words.get(index).getFirst();
    Code whole = Codes.call(StringKeys.class, "hashWord", long.class, key.parts());
    Code isPacked = Codes.compare(Code.Relation.NOT_EQUAL, packed, Code.of(0L));
    return List.of(new Code.Choose(isPacked, packed, whole));
  }

  private boolean isInteger(int index) {
    Physical physical = keys.get(index).physical();
    return physical == Physical.INT || physical == Physical.LONG;
  }

  /// Whether key `index` equals what a stored row has in `slot`; NULL equals NULL.
  Code same(int index, Slot slot, StoredRow stored, Code bytesPages) {
    Value key = keys.get(index);
    List<Code> own = words.get(index);
    Code equal;
    if (key.physical() == Physical.BYTES) {
      List<Code> arguments = new ArrayList<>();
      arguments.add(stored.word(slot.word()));
      arguments.add(bytesPages);
      arguments.add(own.getFirst());
      arguments.addAll(key.parts());
      equal =
          Codes.or(
              Codes.compare(Code.Relation.EQUAL, stored.word(slot.word()), own.getFirst()),
              Codes.call(StringKeys.class, "same", boolean.class, arguments));
    } else {
      equal = Code.TRUE;
      for (int i = 0; i < own.size(); i++) {
        equal =
            Codes.and(
                equal,
                Codes.compare(Code.Relation.EQUAL, stored.word(slot.word() + i), own.get(i)));
      }
    }
    if (!slot.nullable()) {
      return key.nullable() ? Codes.and(Codes.not(key.isNull()), equal) : equal;
    }
    Code storedNull = stored.isNull(slot);
    if (!key.nullable()) {
      return Codes.and(Codes.not(storedNull), equal);
    }
    Code sameNull = Codes.compare(Code.Relation.EQUAL, storedNull, key.isNull());
    return Codes.and(sameNull, Codes.or(key.isNull(), equal));
  }

  /// Stores key `index`; a string that does not pack goes through `writer.append`.
  void store(int index, Slot slot, StoredRow stored, Code writer, Scope scope) {
    Value key = keys.get(index);
    Scope target = scope;
    Scope present = key.nullable() && slot.nullable() ? scope.inner() : scope;
    List<Code> own = words.get(index);
    if (key.physical() == Physical.BYTES) {
      Code appended = Codes.invoke(writer, "append", long.class, key.parts().toArray(Code[]::new));
      Code packed = Codes.compare(Code.Relation.NOT_EQUAL, own.getFirst(), Code.of(0L));
      stored.setWord(slot.word(), new Code.Choose(packed, own.getFirst(), appended), present);
    } else {
      for (int i = 0; i < own.size(); i++) {
        stored.setWord(slot.word() + i, own.get(i), present);
      }
    }
    if (present != target) {
      Scope absent = target.inner();
      stored.setNull(slot, absent);
      target.out().when(key.isNull(), absent.block(), present.block());
    }
  }
}
