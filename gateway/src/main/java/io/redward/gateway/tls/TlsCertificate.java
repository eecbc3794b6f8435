package io.redward.gateway.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's certificate with its key. Read when it is first wanted and again when its files
/// have changed, so that a renewed one is shown to the next client. Thread-safe.
public final class TlsCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);

  /// Of key stores in memory and of the file in the data directory, which its owner alone can read.
  static final String PASSWORD = "redward";

  /// Where a certificate comes from.
  sealed interface Source permits SelfSigned, PemFiles {
    List<Path> files();

    /// @return a store with one key, whose password is [TlsCertificate#PASSWORD]
    /// @throws IOException if the files are missing or are not what they should be
    KeyStore read() throws IOException;
  }

  private record Loaded(
      SSLContext context, X509ExtendedKeyManager keys, byte[] hash, List<FileTime> times) {}

  private final Source source;
  private @Nullable Loaded loaded;

  private TlsCertificate(Source source) {
    this.source = source;
  }

  /// One that is signed by itself, made when it is first wanted.
  ///
  /// @param file in PKCS #12
  public static TlsCertificate selfSigned(Path file) {
    return new TlsCertificate(new SelfSigned(file));
  }

  /// The operator's own.
  ///
  /// @param chain PEM: the server's certificate, then those that vouch for it
  /// @param key PEM: the private key in PKCS #8, without a password
  /// @throws IOException if the files are missing or are not what they should be
  public static TlsCertificate ofPem(Path chain, Path key) throws IOException {
    TlsCertificate certificate = new TlsCertificate(new PemFiles(chain, key));
    certificate.context();
    return certificate;
  }

  /// For one connection.
  ///
  /// @throws IOException if there is no certificate to be had
  public SSLContext context() throws IOException {
    return current().context();
  }

  /// For a server that keeps it: every handshake shows the certificate of its time.
  ///
  /// @throws IOException if there is no certificate to be had
  public SSLContext lastingContext() throws IOException {
    current();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new RenewedKeys(this::keys)}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be had: " + e, e);
    }
  }

  private X509ExtendedKeyManager keys() {
    try {
      return current().keys();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What `tls-server-end-point` binds to: the certificate's hash by the algorithm of its
  /// signature, SHA-256 instead of weaker ones (RFC 5929).
  ///
  /// @throws IOException if there is no certificate to be had
  public byte[] hash() throws IOException {
    return current().hash().clone();
  }

  private synchronized Loaded current() throws IOException {
    Loaded before = loaded;
    if (before == null) {
      Loaded first = load();
      loaded = first;
      return first;
    }
    try {
      if (times().equals(before.times())) {
        return before;
      }
      Loaded renewed = load();
      loaded = renewed;
      return renewed;
    } catch (IOException e) {
      LOG.warn("the certificate stays what it was: {}", e.getMessage());
      return before;
    }
  }

  private Loaded load() throws IOException {
    KeyStore store = source.read();
    List<FileTime> times = times();
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      X509Certificate own = (X509Certificate) store.getCertificate(store.aliases().nextElement());
      byte[] hash = MessageDigest.getInstance(digest(own)).digest(own.getEncoded());
      return new Loaded(context, extended(keys), hash, times);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate in " + source.files() + " cannot be used: " + e, e);
    }
  }

  private static X509ExtendedKeyManager extended(KeyManagerFactory keys)
      throws GeneralSecurityException {
    for (KeyManager each : keys.getKeyManagers()) {
      if (each instanceof X509ExtendedKeyManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("no key manager for X.509");
  }

  private static String digest(X509Certificate certificate) {
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    return signature.startsWith("SHA384")
        ? "SHA-384"
        : signature.startsWith("SHA512") ? "SHA-512" : "SHA-256";
  }

  private List<FileTime> times() throws IOException {
    List<FileTime> times = new ArrayList<>();
    for (Path file : source.files()) {
      times.add(Files.getLastModifiedTime(file));
    }
    return times;
  }
}
