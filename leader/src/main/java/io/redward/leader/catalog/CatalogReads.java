package io.redward.leader.catalog;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What was looked up in a catalog and what was found, names that were not there among it. Whatever
/// was made of nothing but these answers would be made again of any catalog that gives the same.
///
/// Written by one thread, then read by any.
public final class CatalogReads {
  private record Read(Function<Catalog, Object> lookup, Object answer) {}

  private final List<Read> reads = new ArrayList<>();

  /// The last catalog that gave the same answers.
  private volatile WeakReference<Catalog> alike;

  CatalogReads(Catalog catalog) {
    alike = new WeakReference<>(catalog);
  }

  void add(Function<Catalog, Object> lookup, Object answer) {
    reads.add(new Read(lookup, answer));
  }

  int size() {
    return reads.size();
  }

  /// Whether a catalog gives the same answers.
  public boolean holdIn(Catalog catalog) {
    if (alike.refersTo(catalog)) {
      return true;
    }
    for (Read read : reads) {
      if (!read.lookup().apply(catalog).equals(read.answer())) {
        return false;
      }
    }
    alike = new WeakReference<>(catalog);
    return true;
  }
}
