package io.redward.functions;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.AggregateSignature;
import io.redward.functions.signature.ResolvedAggregate;
import io.redward.functions.signature.ResolvedWindow;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All aggregate and window functions by name. The arguments of ordered-set aggregates are given as
/// execution takes them: `PERCENTILE_CONT(f) WITHIN GROUP (ORDER BY x)` as (x, f), and
/// `LISTAGG(x, delimiter)` as written. `COUNT(*)` is COUNT with no argument.
public final class AggregateCatalog {
  private static final AggregateCatalog BUILT_IN =
      new AggregateCatalog(AggregateTable.signatures());

  private final Map<String, AggregateSignature> byName = new TreeMap<>();

  private AggregateCatalog(List<AggregateSignature> signatures) {
    for (AggregateSignature signature : signatures) {
      byName.put(signature.name(), signature);
    }
  }

  public static AggregateCatalog builtIn() {
    return BUILT_IN;
  }

  /// What is known under a name, in any case.
  public Optional<AggregateSignature> signature(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The aggregate that a call without OVER means, empty if none takes such arguments.
  public Optional<ResolvedAggregate> resolve(String name, List<SqlType> argumentTypes) {
    AggregateSignature signature = byName.get(name.toLowerCase(Locale.ROOT));
    if (signature == null || signature.aggregate().isEmpty()) {
      return Optional.empty();
    }
    return signature
        .arguments()
        .coerced(argumentTypes)
        .map(
            types ->
                new ResolvedAggregate(
                    AggregateTable.aggregateOf(signature, types),
                    types,
                    signature.result().type(types)));
  }

  /// The window function that a call with OVER means.
  public Optional<ResolvedWindow> resolveWindow(String name, List<SqlType> argumentTypes) {
    AggregateSignature signature = byName.get(name.toLowerCase(Locale.ROOT));
    if (signature == null || signature.window().isEmpty()) {
      return Optional.empty();
    }
    return signature
        .arguments()
        .coerced(argumentTypes)
        .map(
            types ->
                new ResolvedWindow(
                    AggregateTable.windowOf(signature, types),
                    types,
                    signature.result().type(types)));
  }

  public Collection<AggregateSignature> signatures() {
    return byName.values();
  }
}
