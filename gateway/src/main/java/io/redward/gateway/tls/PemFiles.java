package io.redward.gateway.tls;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;

/// What a certificate authority hands out.
///
/// @param chain the server's certificate first, then those that vouch for it
/// @param key the private key, in PKCS #8, without a password
record PemFiles(Path chain, Path key) implements TlsCertificate.Source {
  @Override
  public List<Path> files() {
    return List.of(chain, key);
  }

  @Override
  public KeyStore read() throws IOException {
    for (Path file : files()) {
      if (!Files.isReadable(file)) {
        throw new IOException("the file " + file + " is not there or not readable");
      }
    }
    try {
      Keys keys =
          Keys.builder()
              .pem(pem -> pem.key(Resource.create(key)).certChain(Resource.create(chain)))
              .build();
      PrivateKey secret =
          keys.privateKey().orElseThrow(() -> new IOException("no private key in " + key));
      Certificate[] certificates = keys.certChain().toArray(new Certificate[0]);
      if (certificates.length == 0) {
        throw new IOException("no certificate in " + chain);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", secret, TlsCertificate.PASSWORD.toCharArray(), certificates);
      return store;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException("the certificate in " + chain + " cannot be used: " + e, e);
    }
  }
}
