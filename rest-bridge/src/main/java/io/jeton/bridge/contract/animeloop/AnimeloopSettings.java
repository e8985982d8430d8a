package io.jeton.bridge.contract.animeloop;

import io.jeton.bridge.InstanceSettings;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What can be set about an instance.
 *
 * @param name what it is called: the issuer of its tokens and the name of its signing keys
 * @param realm whose accounts, sessions and tokens it serves
 * @param secrets what the website signs its session cookies with. Defaults to none, so that no
 *     cookie is valid.
 * @param origins the websites whose pages may read answers and change something. Defaults to {@code
 *     https://animeloop.org}.
 * @param getChanges whether {@code GET} creates and revokes too. Defaults to true.
 */
record AnimeloopSettings(
    String name, String realm, SessionSecrets secrets, Origins origins, boolean getChanges) {
  private static final String ANY = "any";
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]{0,31}://[!-.0-~]{1,255}");
  private static final int MOST_ORIGINS = 64;

  static AnimeloopSettings of(InstanceSettings settings) {
    List<String> origins =
        settings.texts(
            "origins",
            List.of("https://animeloop.org"),
            MOST_ORIGINS,
            origin -> origin.equals(ANY) || ORIGIN.matcher(origin).matches(),
            "a list of at most 64 origins such as https://animeloop.org, or of the word any");
    return new AnimeloopSettings(
        settings.name(),
        settings.realm(),
        new SessionSecrets(settings.secrets("session-secrets")),
        origins.contains(ANY) ? Origins.any() : Origins.of(origins),
        settings.bool("get-changes", true));
  }
}
