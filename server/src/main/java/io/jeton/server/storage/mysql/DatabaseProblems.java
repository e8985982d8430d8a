package io.jeton.server.storage.mysql;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in one line, without a password, why a database cannot be used. */
final class DatabaseProblems {
  private DatabaseProblems() {}

  static String oneLine(SQLException e) {
    Optional<Throwable> tls = Optional.empty();
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnknownHostException) {
        return "the host is unknown";
      }
      if (t instanceof SocketTimeoutException) {
        return "it does not answer in time";
      }
      if (t instanceof CertificateException || t instanceof CertPathValidatorException) {
        return "its certificate is not trusted: " + firstLine(t);
      }
      if (t instanceof SSLException) {
        tls = Optional.of(t);
      }
      if (t instanceof ConnectException) {
        return "nothing listens there (connection refused)";
      }
    }
    if (String.valueOf(e.getMessage()).startsWith("SSL Connection required")) {
      return "it does not offer TLS";
    }
    if (tls.isPresent()) {
      return "TLS with it failed: " + firstLine(tls.get());
    }
    if (e instanceof CommunicationsException) {
      return "the connection to it broke";
    }
    return switch (e.getErrorCode()) {
      case 1045 -> "it refuses the user or the password";
      case 1044, 1142 -> "the user lacks a right: " + firstLine(e);
      case 1049 -> "it has no database of that name";
      case 3159 -> "it wants TLS (expected: database.tls)";
      default -> firstLine(e);
    };
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown error");
  }
}
