package io.jeton.client;

import java.time.Instant;

/**
 * A login on a website. It never holds the sid.
 *
 * @param id names it within the service: a decimal integer
 * @param realm the tenant that it lives in
 * @param accountId the account that is logged in; empty: nobody is
 * @param data a JSON object; empty in a list
 * @param createTime when it was added
 * @param expireTime the first instant at which it is no longer valid
 */
public record Session(
    String id,
    String realm,
    String accountId,
    String data,
    Instant createTime,
    Instant expireTime) {

  /** Without the data, which is its user's. */
  @Override
  public String toString() {
    return "Session[id="
        + id
        + ", realm="
        + realm
        + ", accountId="
        + accountId
        + ", createTime="
        + createTime
        + ", expireTime="
        + expireTime
        + "]";
  }
}
