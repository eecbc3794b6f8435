package io.redward.leader.system;

/// How a client has connected and what it has told of itself; what is not known is empty.
///
/// @param method by which it logged in: `password`, or `trust`
/// @param tls version of the protocol
/// @param cipher of TLS
/// @param os operating system
/// @param plugin by which it got its credentials
/// @param protocol version of the extended protocol that it speaks, 0 for the plain one
public record ClientTraits(
    String method,
    String tls,
    String cipher,
    String os,
    String driver,
    String plugin,
    int protocol) {
  /// A client that has told nothing.
  public static final ClientTraits UNKNOWN = new ClientTraits("password", "", "", "", "", "", 0);
}
