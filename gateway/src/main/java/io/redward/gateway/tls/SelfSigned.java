package io.redward.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A certificate for this machine alone, made by the JDK's keytool.
///
/// @param file where it is kept, in PKCS #12; one that is there already is used as it is
record SelfSigned(Path file) implements TlsCertificate.Source {
  /// One: the usual ten thousand cost a cold JVM half a second at each start, and the password
  /// guards nothing, as the file is readable by its owner alone.
  private static final int ITERATIONS = 1;

  private static final int KEYTOOL_TIMEOUT_SECONDS = 60;

  @Override
  public List<Path> files() {
    return List.of(file);
  }

  @Override
  public KeyStore read() throws IOException {
    if (!Files.exists(file)) {
      generate();
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, TlsCertificate.PASSWORD.toCharArray());
      return store;
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
                    TlsCertificate.PASSWORD,
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
