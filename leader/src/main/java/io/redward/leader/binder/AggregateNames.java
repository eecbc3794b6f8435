package io.redward.leader.binder;

import io.redward.functions.AggregateCatalog;
import io.redward.functions.signature.AggregateSignature;

/// Names of aggregate and window functions.
final class AggregateNames {
  private AggregateNames() {}

  /// The catalogue's name for other spellings.
  static String canonical(String name) {
    return switch (name) {
      case "every" -> "bool_and";
      case "string_agg" -> "listagg";
      case "grouping_id" -> "grouping";
      default -> name;
    };
  }

  static boolean isAggregate(String name) {
    return name.equals("grouping")
        || name.equals("hll")
        || name.equals("array_agg")
        || AggregateCatalog.builtIn()
            .signature(name)
            .filter(s -> s.aggregate().isPresent())
            .isPresent();
  }

  /// Whether the function needs OVER.
  static boolean isWindowOnly(String name) {
    return AggregateCatalog.builtIn()
        .signature(name)
        .filter(s -> s.aggregate().isEmpty())
        .flatMap(AggregateSignature::window)
        .isPresent();
  }
}
