package io.redward.server;

import io.redward.gateway.http.HttpServer;
import io.redward.gateway.tls.TlsCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Ports for HTTP, and the certificate of all encrypted ports.
final class HttpChoice {
  @Option(
      names = "--http-port",
      paramLabel = "N",
      description =
          "Port for HTTP (Data API, console, metrics, health), 0 for any free one, -1 for none"
              + " (default: one above --port).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--https-port",
      paramLabel = "N",
      description =
          "Port for the same over TLS, 0 for any free one, -1 for none (default: none; two above"
              + " --port where --listen is not this machine alone).")
  private Optional<Integer> securePort = Optional.empty();

  @Option(
      names = "--api-keys",
      paramLabel = "FILE",
      description =
          "Access keys for the Data API in the form of AWS's credentials file; each profile's"
              + " name is the database user its key stands for.")
  private Optional<Path> apiKeys = Optional.empty();

  @ArgGroup(exclusive = false)
  private @Nullable PemChoice pem;

  static final class PemChoice {
    @Option(
        names = "--tls-certificate",
        paramLabel = "FILE",
        required = true,
        description =
            "The server's certificate in PEM, followed by those that vouch for it (default: one"
                + " signed by itself, made when it is first wanted). Read again when it changes.")
    private Path certificate = Path.of("");

    @Option(
        names = "--tls-key",
        paramLabel = "FILE",
        required = true,
        description = "Its private key in PEM (PKCS #8, no password).")
    private Path key = Path.of("");
  }

  /// @throws IOException if what the operator named cannot be used
  Optional<TlsCertificate> certificate() throws IOException {
    PemChoice given = pem;
    return given == null
        ? Optional.empty()
        : Optional.of(TlsCertificate.ofPem(given.certificate, given.key));
  }

  /// @param address of the wire protocol, with the port that was asked for
  /// @return what to tell of the ports
  /// @throws IOException if there is no certificate to be had
  String serve(EmbeddedWarehouse warehouse, InetSocketAddress address, boolean trustLoopback)
      throws IOException {
    int base = address.getPort();
    boolean shared = !address.getAddress().isLoopbackAddress();
    int plain = port.orElse(base == 0 ? 0 : base + 1);
    int secure = securePort.orElse(shared ? (base == 0 ? 0 : base + 2) : -1);
    List<HttpServer.Port> wanted = new ArrayList<>();
    List<String> names = new ArrayList<>();
    if (plain >= 0) {
      wanted.add(new HttpServer.Port(at(address, plain), Optional.empty()));
      names.add("HTTP");
    }
    if (secure >= 0) {
      SSLContext context = warehouse.certificate().lastingContext();
      wanted.add(new HttpServer.Port(at(address, secure), Optional.of(context)));
      names.add("HTTPS");
    }
    if (wanted.isEmpty()) {
      return "";
    }
    List<Integer> taken = warehouse.serveHttp(wanted, trustLoopback, apiKeys);
    return IntStream.range(0, names.size())
        .mapToObj(i -> names.get(i) + " " + taken.get(i))
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static InetSocketAddress at(InetSocketAddress address, int port) {
    return new InetSocketAddress(address.getAddress(), port);
  }
}
