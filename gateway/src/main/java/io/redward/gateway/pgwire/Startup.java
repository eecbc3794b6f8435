package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.gateway.tls.TlsCertificate;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The first messages of a connection: TLS and GSS requests, a cancel request, or the start-up
/// message.
///
/// Parameters that the server does not know are accepted: the Redshift-compatible JDBC driver sends
/// a dozen of its own.
final class Startup {
  static final int MAX_STARTUP_BYTES = 10_000;
  static final int TIMEOUT_MILLIS = 60_000;

  /// The one version that is spoken, 3.0.
  static final int VERSION_3 = 3 << 16;

  private static final int CANCEL = 1234 << 16 | 5678;
  private static final int TLS = 1234 << 16 | 5679;
  private static final int GSS = 1234 << 16 | 5680;

  /// What the first messages came to.
  sealed interface Outcome {
    /// A session is wanted.
    ///
    /// @param unsupportedOptions protocol options (`_pq_.…`) to be refused by name
    /// @param minorVersion the 3.x that the client asked for
    record Begin(
        Map<String, String> parameters,
        Channel channel,
        int minorVersion,
        List<String> unsupportedOptions)
        implements Outcome {}

    /// Another session's statement is to be stopped; no answer is given.
    record Cancel(int processId, int secret) implements Outcome {}
  }

  /// The socket, wrapped in TLS or not, and its reader.
  record Channel(Socket socket, MessageReader reader, boolean encrypted) {}

  private Startup() {}

  static Outcome read(Socket plain, TlsCertificate certificate, int maxMessageBytes)
      throws IOException {
    plain.setSoTimeout(TIMEOUT_MILLIS);
    Channel channel =
        new Channel(plain, new MessageReader(plain.getInputStream(), maxMessageBytes), false);
    for (int requests = 0; requests < 4; requests++) {
      MessageReader in = channel.reader();
      in.nextStartup();
      int code = in.int32();
      if (code == CANCEL) {
        return new Outcome.Cancel(in.int32(), in.int32());
      } else if (code == TLS && !channel.encrypted()) {
        channel = encrypt(plain, certificate, maxMessageBytes);
      } else if (code == GSS) {
        answer(channel.socket(), 'N');
      } else if (code >> 16 == VERSION_3 >> 16) {
        return begin(in, channel, code & 0xFFFF);
      } else {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "unsupported frontend protocol "
                + (code >> 16)
                + "."
                + (code & 0xFFFF)
                + ": server supports 3.0 to 3.0");
      }
    }
    throw new ProtocolException("too many negotiation requests");
  }

  private static Channel encrypt(Socket plain, TlsCertificate certificate, int maxMessageBytes)
      throws IOException {
    SSLContext context = certificate.context();
    answer(plain, 'S');
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    socket.startHandshake();
    return new Channel(socket, new MessageReader(socket.getInputStream(), maxMessageBytes), true);
  }

  private static void answer(Socket socket, char letter) throws IOException {
    socket.getOutputStream().write(letter);
    socket.getOutputStream().flush();
  }

  private static Outcome begin(MessageReader in, Channel channel, int minorVersion) {
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> unsupportedOptions = new ArrayList<>();
    while (in.remaining() > 1) {
      String name = in.string();
      String value = in.string();
      if (name.startsWith("_pq_.")) {
        unsupportedOptions.add(name);
      } else {
        parameters.put(name, value);
      }
    }
    if (!parameters.containsKey("user") || parameters.get("user").isEmpty()) {
      throw new SqlException(
          SqlState.INVALID_AUTHORIZATION, "no user name specified in startup packet");
    }
    return new Outcome.Begin(parameters, channel, minorVersion, unsupportedOptions);
  }
}
