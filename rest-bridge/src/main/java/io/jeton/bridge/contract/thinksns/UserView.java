package io.jeton.bridge.contract.thinksns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Timestamp;
import io.jeton.v1.Account;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The user that {@code POST /tokens} answers: an account, and of its profile what the original knew
 * of one.
 */
final class UserView {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int MOST_SEX = 2;

  private UserView() {}

  /** The fields in the document's order. */
  static ObjectNode of(Account account) {
    JsonNode profile = profile(account);
    long id = Long.parseLong(account.getId());
    String created = date(profile.path("created_at"), account.getCreateTime());
    String updated = date(profile.path("updated_at"), account.getUpdateTime());
    ObjectNode user =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("name", account.hasName() ? account.getName() : null)
            .put("bio", text(profile, "bio"))
            .put("sex", sex(profile.path("sex")))
            .put("location", text(profile, "location"))
            .put("created_at", created)
            .put("updated_at", updated)
            .put("avatar", text(profile, "avatar"))
            .put("bg", text(profile, "bg"))
            .put("verified", text(profile, "verified"));
    user.set("extra", object(profile.path("extra"), newExtra(id, updated)));
    user.set("wallet", object(profile.path("wallet"), newWallet(id, created, updated)));
    return user.put("phone", account.hasPhone() ? account.getPhone() : null)
        .put("email", account.hasEmail() ? account.getEmail() : null);
  }

  private static JsonNode profile(Account account) {
    try {
      return Json.LENIENT.readTree(account.getProfile());
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static ObjectNode newExtra(long id, String updated) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("user_id", id)
        .put("likes_count", 0)
        .put("comments_count", 0)
        .put("followers_count", 0)
        .put("followings_count", 0)
        .put("updated_at", updated)
        .put("feeds_count", 0)
        .put("questions_count", 0);
  }

  private static ObjectNode newWallet(long id, String created, String updated) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("user_id", id)
        .put("balance", 0)
        .put("created_at", created)
        .put("updated_at", updated)
        .putNull("deleted_at");
  }

  private static JsonNode object(JsonNode imported, ObjectNode otherwise) {
    return imported.isObject() ? imported : otherwise;
  }

  private static @Nullable String text(JsonNode profile, String name) {
    return profile.path(name).textValue();
  }

  private static int sex(JsonNode sex) {
    int number = sex.asInt(0);
    return number < 0 || number > MOST_SEX ? 0 : number;
  }

  private static String date(JsonNode imported, Timestamp otherwise) {
    return imported.isTextual()
        ? imported.textValue()
        : DATE.format(Instant.ofEpochSecond(otherwise.getSeconds()));
  }
}
