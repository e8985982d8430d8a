package io.jeton.bridge.testing;

import io.jeton.bridge.CoreException;
import io.jeton.v1.ErrorReason;
import io.jeton.v1.GetTokenRequest;
import io.jeton.v1.GetTokenResponse;
import io.jeton.v1.ListTokensRequest;
import io.jeton.v1.ListTokensResponse;
import io.jeton.v1.Token;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How the tokens of a {@link FakeCore} are shown. */
final class FakeLists {
  private static final int DEFAULT_PAGE = 50;

  private FakeLists() {}

  static GetTokenResponse get(Optional<FakeRow> found, GetTokenRequest request) {
    if (request.hasId() && request.hasModuleScope()) {
      throw new CoreException(ErrorReason.ERROR_REASON_FIELD_INVALID);
    }
    return GetTokenResponse.newBuilder()
        .setToken(
            found
                .map(FakeRow::token)
                .orElseThrow(() -> new CoreException(ErrorReason.ERROR_REASON_TOKEN_NOT_FOUND)))
        .build();
  }

  /** A page token is how many tokens came before. */
  static ListTokensResponse list(List<FakeRow> rows, String realm, ListTokensRequest request) {
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    int before = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    List<FakeRow> listed =
        rows.stream()
            .filter(FakeRow::isLive)
            .filter(row -> isListed(row.token(), realm, request))
            .sorted(
                Comparator.comparing((FakeRow row) -> row.token().getSubject())
                    .thenComparing(row -> Long.parseLong(row.token().getId())))
            .toList();
    ListTokensResponse.Builder response = ListTokensResponse.newBuilder();
    listed.stream()
        .skip(before)
        .limit(size)
        .forEach(
            row -> {
              response.addTokens(row.token());
              if (request.getReveal()) {
                response.addSecrets(row.isRevealable() ? row.secret() : "");
              }
            });
    if (listed.size() > before + size) {
      response.setNextPageToken(Integer.toString(before + size));
    }
    return response.build();
  }

  private static boolean isListed(Token token, String realm, ListTokensRequest request) {
    return token.getRealm().equals(realm)
        && (!request.hasSubject() || request.getSubject().equals(token.getSubject()))
        && (!request.hasIssuer() || request.getIssuer().equals(token.getIssuer()));
  }
}
