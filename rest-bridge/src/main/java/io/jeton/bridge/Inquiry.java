package io.jeton.bridge;

import com.linecorp.armeria.common.RequestHeaders;

/**
 * A request to a contract.
 *
 * @param headers all headers; the method is {@link RequestHeaders#method()}
 * @param prefix the prefix of the mount that was chosen, without a final slash; may be empty
 * @param path what follows it in the request's path as it was sent, not decoded, without the query
 * @param query the query as it was sent, without the question mark; empty when there is none
 * @param body the whole body; empty when it was not read
 * @param baseUrl scheme and authority that the client used, such as {@code http://plus.io}, from
 *     {@code public-url} if the instance has one
 * @param client who sent it
 */
public record Inquiry(
    RequestHeaders headers,
    String prefix,
    String path,
    String query,
    byte[] body,
    String baseUrl,
    Client client) {

  Inquiry withBody(byte[] whole) {
    return new Inquiry(headers, prefix, path, query, whole, baseUrl, client);
  }
}
