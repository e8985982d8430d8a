package io.jeton.bridge;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetAddress;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Says of a request what a contract has to know. Immutable. */
final class Inquiries {
  private static final byte[] NOTHING = {};
  private static final String PUNCTUATION = ".-_~[]:%";
  private static final int LONGEST_AUTHORITY = 255;
  private static final String NO_AUTHORITY = "localhost";
  private static final int LONGEST_REQUEST_ID = 64;

  private final TrustedProxies proxies;

  Inquiries(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /**
   * A request whose body has not been read.
   *
   * @param namesOneHost what {@link #namesOneHost} says of its headers
   */
  Inquiry of(
      Owner owner, ServiceRequestContext context, RequestHeaders headers, boolean namesOneHost) {
    // What the PROXY protocol says, if the connection began with it.
    InetAddress peer = context.clientAddress();
    return new Inquiry(
        headers,
        owner.prefix(),
        owner.path(),
        headers.get(RawQueries.HEADER, query(context.rawPath())),
        NOTHING,
        baseUrl(
            owner,
            namesOneHost ? headers.authority() : NO_AUTHORITY,
            proxies.isTls(peer, headers, context.sessionProtocol().isTls())),
        new Client(proxies.client(peer, headers).getHostAddress(), requestId(context, headers)));
  }

  /** A request that could not be read as one, of which only its headers are known. */
  Inquiry ofUnreadable(Owner owner, RequestHeaders headers) {
    return new Inquiry(
        headers,
        owner.prefix(),
        owner.path(),
        "",
        NOTHING,
        baseUrl(owner, namesOneHost(headers) ? headers.authority() : NO_AUTHORITY, false),
        new Client("", "unreadable"));
  }

  /** The path as it was sent, without the query. */
  static String path(String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    return path.startsWith("/") ? path : "/";
  }

  /** Whether the client says once which host it means, in characters that a host can have. */
  static boolean namesOneHost(RequestHeaders headers) {
    String authority = headers.authority();
    return headers.getAll(HttpHeaderNames.HOST).size() <= 1
        && authority != null
        && !authority.isEmpty()
        && authority.length() <= LONGEST_AUTHORITY
        && isAll(authority, c -> isAlphanumeric(c) || PUNCTUATION.indexOf(c) >= 0);
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  /** Whether all characters are such; written out, since every request is looked at so. */
  private static boolean isAll(String text, IntPredicate such) {
    for (int i = 0; i < text.length(); i++) {
      if (!such.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String query(String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    return mark < 0 ? "" : pathAndQuery.substring(mark + 1);
  }

  private static String baseUrl(Owner owner, @Nullable String authority, boolean tls) {
    return owner.mounted().publicUrl().orElseGet(() -> (tls ? "https://" : "http://") + authority);
  }

  /** The id that the client gave the request, or one of ours. */
  private static String requestId(ServiceRequestContext context, RequestHeaders headers) {
    String given = headers.get("x-request-id");
    return isRequestId(given) ? given : context.id().shortText();
  }

  private static boolean isRequestId(@Nullable String text) {
    return text != null
        && !text.isEmpty()
        && text.length() <= LONGEST_REQUEST_ID
        && isAll(text, c -> c > ' ' && c < 0x7f);
  }
}
