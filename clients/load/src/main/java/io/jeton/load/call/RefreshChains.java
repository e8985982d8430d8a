package io.jeton.load.call;

import io.jeton.load.http2.Call;
import io.jeton.v1.InactiveReason;
import io.jeton.v1.RefreshTokenRequest;
import io.jeton.v1.RefreshTokenResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Families of tokens, and the newest refresh secret of each. A family is refreshed by one call at a
 * time; one whose refresh failed is given up, because nobody knows its newest secret. Not
 * thread-safe.
 */
public final class RefreshChains {
  private final List<String> newest = new ArrayList<>();
  private final Deque<Integer> idle = new ArrayDeque<>();

  /** Adds a family. */
  void add(String secret) {
    idle.add(newest.size());
    newest.add(secret);
  }

  /** RefreshToken of the family that has rested longest, again and again. */
  public Call call() {
    return new RefreshCall();
  }

  private final class RefreshCall implements Call {
    @Override
    public String path() {
      return VerifyCall.SERVICE + "RefreshToken";
    }

    @Override
    public int maxRequestBytes() {
      return 200;
    }

    @Override
    public int write(ByteBuffer message) {
      Integer family = idle.poll();
      if (family == null) {
        throw new IllegalStateException("no family is left to refresh");
      }
      message.put(
          RefreshTokenRequest.newBuilder()
              .setToken(newest.get(family))
              .setLifetime(IssueCall.LIFETIME)
              .build()
              .toByteArray());
      return family;
    }

    @Override
    public @Nullable String judge(int request, byte[] bytes, int offset, int length)
        throws IOException {
      var response = RefreshTokenResponse.parser().parseFrom(bytes, offset, length);
      if (!response.getRefreshed()) {
        InactiveReason reason = response.getReason();
        return "not refreshed: " + reason;
      }
      if (response.getRepeated() || response.getSecret().equals(newest.get(request))) {
        return "no new secret";
      }
      if (!response.getToken().getSubject().equals("u" + TokenSet.subjectOf(request))) {
        return "another token's subject";
      }
      newest.set(request, response.getSecret());
      idle.add(request);
      return null;
    }
  }
}
