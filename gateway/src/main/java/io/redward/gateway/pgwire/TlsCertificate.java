package io.redward.gateway.pgwire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The server's certificate: read from a PKCS #12 file, or self-signed by the JDK's keytool the
/// first time a client asks for TLS. Thread-safe.
final class TlsCertificate {
  /// Guards nothing by itself: the file is readable by its owner alone.
  private static final String STORE_PASSWORD = "redward";

  /// One, for the same reason: the usual ten thousand cost a cold JVM half a second at each start.
  private static final int ITERATIONS = 1;

  private static final int KEYTOOL_TIMEOUT_SECONDS = 60;

  private final Path file;
  private @Nullable SSLContext context;

  TlsCertificate(Path file) {
    this.file = file;
  }

  synchronized SSLContext context() throws IOException {
    SSLContext current = context;
    if (current == null) {
      if (!Files.exists(file)) {
        generate();
      }
      current = load();
      context = current;
    }
    return current;
  }

  /// What `tls-server-end-point` binds to: the certificate's hash by the algorithm of its
  /// signature, SHA-256 instead of weaker ones (RFC 5929).
  synchronized byte[] hash() throws IOException {
    context();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, STORE_PASSWORD.toCharArray());
      X509Certificate own = (X509Certificate) store.getCertificate(store.aliases().nextElement());
      String signature = own.getSigAlgName().toUpperCase(Locale.ROOT);
      String digest =
          signature.startsWith("SHA384")
              ? "SHA-384"
              : signature.startsWith("SHA512") ? "SHA-512" : "SHA-256";
      return MessageDigest.getInstance(digest).digest(own.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate file " + file + " cannot be used: " + e, e);
    }
  }

  private SSLContext load() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, STORE_PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, STORE_PASSWORD.toCharArray());
      SSLContext loaded = SSLContext.getInstance("TLS");
      loaded.init(keys.getKeyManagers(), null, null);
      return loaded;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate file " + file + " cannot be used: " + e, e);
    }
  }

  private void generate() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-J-Dkeystore.pkcs12.keyPbeIterationCount=" + ITERATIONS,
                    "-J-Dkeystore.pkcs12.certPbeIterationCount=" + ITERATIONS,
                    "-J-Dkeystore.pkcs12.macIterationCount=" + ITERATIONS,
                    "-genkeypair",
                    "-alias",
                    "redward",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "3650",
                    "-dname",
                    "CN=localhost, O=Redward",
                    "-ext",
                    "SAN=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    STORE_PASSWORD,
                    "-keystore",
                    temporary.toString()))
            .redirectErrorStream(true)
            .start();
    keytool.getOutputStream().close();
    try {
      String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!keytool.waitFor(KEYTOOL_TIMEOUT_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new IOException("keytool could not make a certificate: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making a certificate", e);
    }
    if (Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
