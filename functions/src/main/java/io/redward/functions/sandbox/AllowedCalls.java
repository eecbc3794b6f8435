package io.redward.functions.sandbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The classes and methods that a function may use. Whatever is not here is refused; what is here
/// neither reads nor changes anything outside the call, and takes time and memory at most in
/// proportion to its arguments, or goes through [Guards].
final class AllowedCalls {
  /// What a call of a method means for the limits.
  enum Rule {
    /// Costs next to nothing.
    FREE,
    /// Counts as a library call.
    COUNTED,
    /// Becomes a call of the guard.
    GUARDED,
    REFUSED
  }

  private static final String BOXED =
      "valueOf intValue longValue doubleValue floatValue shortValue byteValue charValue"
          + " booleanValue compareTo equals hashCode compare max min sum signum bitCount"
          + " highestOneBit lowestOneBit numberOfLeadingZeros numberOfTrailingZeros reverse"
          + " rotateLeft rotateRight isNaN isInfinite isFinite logicalAnd logicalOr logicalXor"
          + " doubleToLongBits longBitsToDouble floatToIntBits intBitsToFloat toUnsignedLong"
          + " divideUnsigned remainderUnsigned compareUnsigned toUnsignedInt";
  private static final String TEXTS =
      "toString parseInt parseLong parseDouble parseFloat parseShort parseByte parseBoolean"
          + " toHexString toBinaryString toOctalString";
  private static final String TIMES =
      "of ofEpochDay ofNanoOfDay ofSecondOfDay ofYearDay parse atStartOfDay atTime atOffset"
          + " getYear getMonthValue getMonth getDayOfMonth getDayOfYear getDayOfWeek getHour"
          + " getMinute getSecond getNano plusYears plusMonths plusWeeks plusDays plusHours"
          + " plusMinutes plusSeconds plusNanos minusYears minusMonths minusWeeks minusDays"
          + " minusHours minusMinutes minusSeconds minusNanos withYear withMonth withDayOfMonth"
          + " withDayOfYear withHour withMinute withSecond withNano isBefore isAfter isEqual"
          + " isLeapYear lengthOfMonth lengthOfYear toEpochDay toLocalDate toLocalTime"
          + " toLocalDateTime toSecondOfDay toNanoOfDay toEpochSecond compareTo equals hashCode"
          + " toString getValue ordinal name plus minus between getDays getMonths getYears toDays"
          + " toHours toMinutes toSeconds toMillis toNanos withOffsetSameInstant";

  private static final String UTIL = "java/util/";
  private static final String FUNCTION = "java/util/function/";
  private static final String COLLECTION =
      "add(Ljava/lang/Object;) addAll(Ljava/util/Collection;) remove(Ljava/lang/Object;) contains"
          + " clear toArray() toArray([Ljava/lang/Object;)";
  private static final String OF_LISTS =
      "add(ILjava/lang/Object;) remove(I) indexOf(Ljava/lang/Object;)"
          + " lastIndexOf(Ljava/lang/Object;) sort(Ljava/util/Comparator;)"
          + " replaceAll(Ljava/util/function/UnaryOperator;)";

  private static final List<String> TIME_CLASSES =
      List.of(
          "LocalDate",
          "LocalTime",
          "LocalDateTime",
          "OffsetDateTime",
          "DayOfWeek",
          "Month",
          "Period",
          "Duration",
          "temporal/ChronoUnit");
  private static final Set<String> CONSTANT_CLASSES =
      Set.of(
          "java/math/BigDecimal",
          "java/math/RoundingMode",
          "java/math/MathContext",
          "java/lang/Boolean",
          "java/time/DayOfWeek",
          "java/time/Month",
          "java/time/LocalDate",
          "java/time/LocalTime",
          "java/time/ZoneOffset",
          "java/time/temporal/ChronoUnit");

  private static final Map<String, Rule> RULES = new HashMap<>();
  private static final Set<String> LAMBDAS = new HashSet<>();
  private static final Set<String> CLASSES = new HashSet<>(CONSTANT_CLASSES);

  static {
    numbers();
    strings();
    lists();
    setsAndMaps();
    lambdas();
    StreamCalls.add();
    for (String name : TIME_CLASSES) {
      add("java/time/" + name, Rule.COUNTED, TIMES);
    }
    add("java/lang/Object", Rule.FREE, "<init>");
    add("java/lang/Object", Rule.GUARDED, "equals hashCode toString");
    add("java/util/Objects", Rule.COUNTED, "requireNonNull requireNonNullElse isNull");
    add("java/util/Objects", Rule.GUARDED, "equals");
    add("java/util/Arrays", Rule.COUNTED, "fill sort equals hashCode toString asList");
    add(
        "java/util/Arrays",
        Rule.GUARDED,
        "sort([Ljava/lang/Object;) equals([Ljava/lang/Object;[Ljava/lang/Object;)"
            + " hashCode([Ljava/lang/Object;) toString([Ljava/lang/Object;)");
    add(
        "java/util/Arrays",
        Rule.REFUSED,
        "sort([Ljava/lang/Object;II) sort([Ljava/lang/Object;Ljava/util/Comparator;)"
            + " sort([Ljava/lang/Object;IILjava/util/Comparator;)"
            + " equals([Ljava/lang/Object;II[Ljava/lang/Object;II)"
            + " equals([Ljava/lang/Object;[Ljava/lang/Object;Ljava/util/Comparator;)"
            + " equals([Ljava/lang/Object;II[Ljava/lang/Object;IILjava/util/Comparator;)");
    for (String name : List.of("Runtime", "IllegalArgument", "IllegalState", "Arithmetic")) {
      add("java/lang/" + name + "Exception", Rule.COUNTED, "<init> getMessage");
    }
    for (String name :
        List.of(
            "NumberFormat",
            "NullPointer",
            "IndexOutOfBounds",
            "ArrayIndexOutOfBounds",
            "ClassCast")) {
      add("java/lang/" + name + "Exception", Rule.COUNTED, "getMessage");
    }
    add("java/lang/Exception", Rule.COUNTED, "getMessage");
    add("java/time/DateTimeException", Rule.COUNTED, "getMessage");
    add("java/time/format/DateTimeParseException", Rule.COUNTED, "getMessage");
  }

  private AllowedCalls() {}

  private static void numbers() {
    add(
        "java/lang/Math",
        Rule.FREE,
        "abs absExact max min floor ceil rint round sqrt cbrt pow exp expm1 log log10 log1p sin cos"
            + " tan asin acos atan atan2 sinh cosh tanh hypot signum toRadians toDegrees floorDiv"
            + " floorMod ceilDiv addExact subtractExact multiplyExact negateExact toIntExact"
            + " incrementExact decrementExact clamp fma copySign ulp scalb multiplyHigh");
    for (String name :
        List.of("Integer", "Long", "Short", "Byte", "Double", "Float", "Boolean", "Number")) {
      add("java/lang/" + name, Rule.FREE, BOXED);
      add("java/lang/" + name, Rule.COUNTED, TEXTS);
    }
    add("java/lang/Character", Rule.FREE, BOXED);
    add(
        "java/lang/Character",
        Rule.FREE,
        "isDigit isLetter isLetterOrDigit isUpperCase isLowerCase isWhitespace isSpaceChar"
            + " isAlphabetic toUpperCase toLowerCase getNumericValue digit forDigit charCount"
            + " toString toChars toCodePoint isSurrogate");
    add(
        "java/math/BigDecimal",
        Rule.COUNTED,
        "valueOf add subtract multiply divide remainder divideToIntegralValue negate abs signum"
            + " scale precision compareTo equals hashCode max min stripTrailingZeros intValue"
            + " longValue doubleValue floatValue intValueExact longValueExact toString"
            + " toPlainString round sqrt plus unscaledValue");
    add("java/math/BigDecimal", Rule.COUNTED, "<init>(Ljava/lang/String;)");
    add("java/math/BigDecimal", Rule.COUNTED, "<init>(I) <init>(J) <init>(D)");
    add(
        "java/math/BigDecimal",
        Rule.GUARDED,
        "pow(I) pow(ILjava/math/MathContext;) setScale(I) setScale(ILjava/math/RoundingMode;)"
            + " divide(Ljava/math/BigDecimal;ILjava/math/RoundingMode;)");
    add("java/math/BigDecimal", Rule.REFUSED, "divide(Ljava/math/BigDecimal;II)");
  }

  private static void strings() {
    add("java/lang/String", Rule.FREE, "length charAt isEmpty codePointAt");
    add(
        "java/lang/String",
        Rule.COUNTED,
        "substring startsWith endsWith equals equalsIgnoreCase compareTo compareToIgnoreCase"
            + " concat trim strip stripLeading stripTrailing isBlank hashCode toCharArray"
            + " codePointCount offsetByCodePoints valueOf toString regionMatches getBytes"
            + " toUpperCase() toLowerCase() indexOf(I) indexOf(II) lastIndexOf(I)"
            + " lastIndexOf(II) replace(CC) <init>([C) <init>([CII) <init>(Ljava/lang/String;)");
    add(
        "java/lang/String",
        Rule.GUARDED,
        "repeat(I) indexOf(Ljava/lang/String;) indexOf(Ljava/lang/String;I)"
            + " lastIndexOf(Ljava/lang/String;) contains(Ljava/lang/CharSequence;)"
            + " replace(Ljava/lang/CharSequence;Ljava/lang/CharSequence;)"
            + " matches(Ljava/lang/String;)"
            + " replaceFirst(Ljava/lang/String;Ljava/lang/String;)"
            + " replaceAll(Ljava/lang/String;Ljava/lang/String;)"
            + " split(Ljava/lang/String;) split(Ljava/lang/String;I)"
            + " valueOf(Ljava/lang/Object;)"
            + " join(Ljava/lang/CharSequence;Ljava/lang/Iterable;)");
    add("java/lang/CharSequence", Rule.FREE, "length charAt isEmpty");
    add("java/lang/CharSequence", Rule.COUNTED, "toString");
    add("java/lang/StringBuilder", Rule.FREE, "length charAt isEmpty setCharAt <init>()");
    add(
        "java/lang/StringBuilder",
        Rule.COUNTED,
        "toString reverse deleteCharAt delete substring <init>(Ljava/lang/String;)");
    add(
        "java/lang/StringBuilder",
        Rule.GUARDED,
        "append(Ljava/lang/String;) append(Ljava/lang/CharSequence;) append(Ljava/lang/Object;)"
            + " append([C) append(C) append(Z) append(I) append(J) append(F) append(D)"
            + " insert(ILjava/lang/String;) insert(IC) setLength(I)");
  }

  private static void lists() {
    for (String name : List.of("List", "ArrayList")) {
      add(UTIL + name, Rule.FREE, "size isEmpty get getFirst getLast");
      add(UTIL + name, Rule.COUNTED, "set iterator removeLast");
      add(UTIL + name, Rule.GUARDED, COLLECTION + " " + OF_LISTS);
    }
    add(UTIL + "ArrayList", Rule.COUNTED, "<init>() <init>(I) <init>(Ljava/util/Collection;)");
    add(UTIL + "List", Rule.COUNTED, "of");
    add(UTIL + "Collections", Rule.GUARDED, "sort(Ljava/util/List;) reverse(Ljava/util/List;)");
    add(UTIL + "Iterator", Rule.FREE, "hasNext next");
    add(UTIL + "Iterator", Rule.COUNTED, "remove");
    add("java/lang/Iterable", Rule.COUNTED, "iterator");
    add(
        UTIL + "Optional",
        Rule.COUNTED,
        "of ofNullable empty isPresent isEmpty get orElse orElseThrow()");
    add(
        UTIL + "StringJoiner",
        Rule.COUNTED,
        "toString length <init>(Ljava/lang/CharSequence;)"
            + " <init>(Ljava/lang/CharSequence;Ljava/lang/CharSequence;Ljava/lang/CharSequence;)");
    add(UTIL + "StringJoiner", Rule.GUARDED, "add(Ljava/lang/CharSequence;)");
  }

  private static void setsAndMaps() {
    for (String name : List.of("Collection", "Set", "HashSet", "LinkedHashSet", "TreeSet")) {
      add(UTIL + name, Rule.FREE, "size isEmpty");
      add(UTIL + name, Rule.COUNTED, "iterator");
      add(UTIL + name, Rule.GUARDED, COLLECTION);
    }
    for (String name : List.of("HashSet", "LinkedHashSet", "TreeSet")) {
      add(UTIL + name, Rule.COUNTED, "<init>() <init>(Ljava/util/Collection;)");
    }
    add(UTIL + "TreeSet", Rule.COUNTED, "first last");
    for (String name : List.of("Map", "HashMap", "LinkedHashMap", "TreeMap")) {
      add(UTIL + name, Rule.FREE, "size isEmpty");
      add(UTIL + name, Rule.COUNTED, "keySet values entrySet");
      add(
          UTIL + name,
          Rule.GUARDED,
          "get getOrDefault containsKey containsValue put putIfAbsent remove(Ljava/lang/Object;)"
              + " clear");
    }
    for (String name : List.of("HashMap", "LinkedHashMap", "TreeMap")) {
      add(UTIL + name, Rule.COUNTED, "<init>() <init>(Ljava/util/Map;)");
    }
    add(UTIL + "TreeMap", Rule.COUNTED, "firstKey lastKey");
    add(UTIL + "Map$Entry", Rule.COUNTED, "getKey getValue setValue");
  }

  private static void lambdas() {
    for (String name :
        List.of("Function", "BiFunction", "UnaryOperator", "BinaryOperator", "IntFunction")) {
      lambda(FUNCTION + name, "apply");
    }
    for (String name : List.of("Predicate", "BiPredicate", "IntPredicate", "LongPredicate")) {
      lambda(FUNCTION + name, "test");
    }
    for (String name : List.of("Consumer", "BiConsumer", "IntConsumer")) {
      lambda(FUNCTION + name, "accept");
    }
    for (String name : List.of("IntUnaryOperator", "IntBinaryOperator", "ToIntFunction")) {
      lambda(FUNCTION + name, "applyAsInt");
    }
    for (String name : List.of("LongUnaryOperator", "LongBinaryOperator", "ToLongFunction")) {
      lambda(FUNCTION + name, "applyAsLong");
    }
    for (String name : List.of("DoubleUnaryOperator", "DoubleBinaryOperator", "ToDoubleFunction")) {
      lambda(FUNCTION + name, "applyAsDouble");
    }
    lambda(FUNCTION + "Supplier", "get");
    lambda(UTIL + "Comparator", "compare");
    for (String name : List.of("List", "ArrayList")) {
      add(UTIL + name, Rule.GUARDED, "removeIf forEach");
    }
    for (String name : List.of("Collection", "Set", "HashSet", "LinkedHashSet", "TreeSet")) {
      add(UTIL + name, Rule.GUARDED, "removeIf forEach");
    }
    for (String name : List.of("Map", "HashMap", "LinkedHashMap", "TreeMap")) {
      add(UTIL + name, Rule.GUARDED, "forEach computeIfAbsent merge");
    }
    add(UTIL + "Collections", Rule.GUARDED, "sort(Ljava/util/List;Ljava/util/Comparator;)");
  }

  static void lambda(String type, String method) {
    add(type, Rule.FREE, method);
    LAMBDAS.add(type);
  }

  /// True for a type that a lambda may have.
  static boolean isLambda(String internalName) {
    return LAMBDAS.contains(internalName);
  }

  /// The type by which a guard of [CollectionGuards] takes an object of a class; the guard of other
  /// classes takes the class itself.
  static String receiver(String owner, String name, String descriptor) {
    String parameters = descriptor.substring(0, descriptor.lastIndexOf(')') + 1);
    return switch (owner) {
      case UTIL + "List", UTIL + "ArrayList" ->
          Set.of(OF_LISTS.split(" ")).contains(name + parameters)
              ? UTIL + "List"
              : UTIL + "Collection";
      case UTIL + "Set", UTIL + "HashSet", UTIL + "LinkedHashSet", UTIL + "TreeSet" ->
          UTIL + "Collection";
      case UTIL + "HashMap", UTIL + "LinkedHashMap", UTIL + "TreeMap" -> UTIL + "Map";
      default -> owner;
    };
  }

  /// @param methods names, or names with the descriptors of parameters, between blanks
  static void add(String owner, Rule rule, String methods) {
    CLASSES.add(owner);
    for (String method : methods.split(" ", -1)) {
      RULES.put(owner + "." + method, rule);
    }
  }

  /// A class without methods that may be called.
  static void addClass(String owner) {
    CLASSES.add(owner);
  }

  /// @param descriptor of the method; what it returns does not matter
  static Rule rule(String owner, String name, String descriptor) {
    String parameters = descriptor.substring(0, descriptor.lastIndexOf(')') + 1);
    Rule exact = RULES.get(owner + "." + name + parameters);
    return exact != null ? exact : RULES.getOrDefault(owner + "." + name, Rule.REFUSED);
  }

  /// True for a class of which the constants may be read.
  static boolean constants(String owner) {
    return CONSTANT_CLASSES.contains(owner);
  }

  /// True for a class that values may be tested against.
  static boolean isClass(String internalName) {
    return CLASSES.contains(internalName);
  }
}
