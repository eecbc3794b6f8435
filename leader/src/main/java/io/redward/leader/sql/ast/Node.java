package io.redward.leader.sql.ast;

/// Anything the parser makes out of text.
public interface Node {
  /// Where the node stands: 1-based, in characters (code points). For an operator this is the
  /// operator's own place, as PostgreSQL reports it; for a call the name's.
  int position();
}
