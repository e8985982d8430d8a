package io.jeton.client.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.jeton.v1.AccountRef;
import java.io.IOException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The members of a line's JSON object, each taken once by its name and as its type; {@code null}
 * counts as not given. Not safe for use by several threads.
 */
final class Members {
  private static final int DEPTH = 64;
  private static final BigInteger LARGEST_INTEGER = BigInteger.valueOf((1L << 53) - 1);
  private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");
  private static final Instant LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z");
  private static final Pattern FAR_YEAR = Pattern.compile("\\+?[1-9][0-9]{4,8}-.*");
  private static final int LONGEST_LOGIN = 255;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
          .build();

  private final long line;
  private final Map<String, Member> rest;
  private final String path;

  private Members(long line, Map<String, Member> members, String path) {
    this.line = line;
    this.rest = members;
    this.path = path;
  }

  /** A value: its first token, and its text. An object's text is as it was written. */
  private record Member(JsonToken type, String text) {}

  /** Reads one object and nothing else. */
  static Members parse(long line, String text) throws BadLineException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadLineException(line, "", "is not a JSON object");
      }
      Map<String, Member> members = new LinkedHashMap<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (members.put(name, member(line, name, parser, text)) != null) {
          throw new BadLineException(line, shown(name), "is given twice");
        }
      }
      if (parser.nextToken() != null) {
        throw new BadLineException(line, "", "has something after the JSON object");
      }
      return new Members(line, members, "");
    } catch (IOException e) {
      // Its message may hold a value.
      throw new BadLineException(line, "", "is not JSON, or is nested too deeply");
    }
  }

  private static Member member(long line, String name, JsonParser parser, String text)
      throws IOException, BadLineException {
    JsonToken type = parser.currentToken();
    if (!type.isStructStart()) {
      return new Member(type, parser.getText());
    }
    int begin = (int) parser.currentTokenLocation().getCharOffset();
    if (!skip(parser)) {
      throw new BadLineException(line, shown(name), "has a key twice");
    }
    int end = (int) parser.currentTokenLocation().getCharOffset();
    return new Member(type, text.substring(begin, end + 1));
  }

  /** Goes to the end of an object or array; false when an object in it has a key twice. */
  private static boolean skip(JsonParser parser) throws IOException {
    Deque<Set<String>> keys = new ArrayDeque<>();
    keys.push(new HashSet<>());
    while (!keys.isEmpty()) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        keys.push(new HashSet<>());
      } else if (token.isStructEnd()) {
        keys.pop();
      } else if (token == JsonToken.FIELD_NAME && !keys.element().add(parser.currentName())) {
        return false;
      }
    }
    return true;
  }

  Optional<String> text(String name) throws BadLineException {
    return take(name, "text", JsonToken.VALUE_STRING);
  }

  String requiredText(String name) throws BadLineException {
    return text(name).orElseThrow(() -> problem(name, "is missing"));
  }

  Optional<Boolean> flag(String name) throws BadLineException {
    return take(name, "true or false", JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE)
        .map(Boolean::parseBoolean);
  }

  /** An object, as it was written. */
  Optional<String> object(String name) throws BadLineException {
    return take(name, "an object", JsonToken.START_OBJECT);
  }

  /** A small whole number. */
  Optional<Integer> number(String name) throws BadLineException {
    Optional<String> text = take(name, "a whole number", JsonToken.VALUE_NUMBER_INT);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    BigInteger value = new BigInteger(text.get());
    if (value.bitLength() >= Integer.SIZE) {
      throw problem(name, "is too large");
    }
    return Optional.of(value.intValue());
  }

  /** The objects of an array, whose problems are told under its name. */
  List<Members> objects(String name) throws BadLineException {
    Optional<String> text = take(name, "an array", JsonToken.START_ARRAY);
    List<Members> objects = new ArrayList<>();
    if (text.isEmpty()) {
      return objects;
    }
    try (JsonParser parser = JSON.createParser(text.get())) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw problem(name, "must be an array of objects");
        }
        int begin = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentTokenLocation().getCharOffset();
        objects.add(parse(line, text.get().substring(begin, end + 1)).within(name));
      }
    } catch (BadLineException e) {
      throw e;
    } catch (IOException e) {
      throw problem(name, "is not JSON, or is nested too deeply");
    }
    return objects;
  }

  private Members within(String name) {
    return new Members(line, rest, name + ".");
  }

  /** A whole number from 1 to 2<sup>53</sup>−1, in decimal. */
  Optional<String> id(String name) throws BadLineException {
    return wholeNumber(name, BigInteger.ONE);
  }

  /** A whole number from 0 to 2<sup>53</sup>−1, in decimal. */
  Optional<String> idOrZero(String name) throws BadLineException {
    return wholeNumber(name, BigInteger.ZERO);
  }

  private Optional<String> wholeNumber(String name, BigInteger smallest) throws BadLineException {
    Optional<String> text = take(name, "a whole number", JsonToken.VALUE_NUMBER_INT);
    if (text.isEmpty()) {
      return text;
    }
    BigInteger value = new BigInteger(text.get());
    if (value.compareTo(smallest) < 0 || value.compareTo(LARGEST_INTEGER) > 0) {
      throw problem(name, "must be from " + smallest + " to 9007199254740991");
    }
    return Optional.of(value.toString());
  }

  /** An account: its id as a number, or its name, e-mail address or phone number as a text. */
  Optional<AccountRef> account(String name) throws BadLineException {
    Member member = rest.get(name);
    if (member != null && member.type == JsonToken.VALUE_NUMBER_INT) {
      return id(name).map(id -> AccountRef.newBuilder().setId(id).build());
    }
    Optional<String> text = take(name, "a text or a whole number", JsonToken.VALUE_STRING);
    if (text.isPresent() && (text.get().isEmpty() || text.get().length() > LONGEST_LOGIN)) {
      throw problem(name, "must be 1 to " + LONGEST_LOGIN + " characters");
    }
    return text.map(login -> AccountRef.newBuilder().setLogin(login).build());
  }

  /** The texts of an array; none when it is not given. */
  List<String> texts(String name) throws BadLineException {
    Optional<String> array = take(name, "an array of texts", JsonToken.START_ARRAY);
    List<String> texts = new ArrayList<>();
    if (array.isEmpty()) {
      return texts;
    }
    try (JsonParser parser = JSON.createParser(array.get())) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
          throw problem(name, "must be an array of texts");
        }
        texts.add(parser.getText());
      }
      return texts;
    } catch (IOException e) {
      throw problem(name, "must be an array of texts");
    }
  }

  Optional<Instant> time(String name) throws BadLineException {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant time = OffsetDateTime.parse(text.get()).toInstant();
      if (!time.isBefore(YEAR_1) && time.isBefore(YEAR_10000)) {
        return Optional.of(time);
      }
    } catch (DateTimeException e) {
      // Said below, without the text.
    }
    throw problem(name, "must be a time such as 2030-01-01T00:00:00Z");
  }

  /** A time of which a year beyond 9999 means the last second of that one. */
  Optional<Instant> end(String name) throws BadLineException {
    Member member = rest.get(name);
    if (member == null
        || member.type != JsonToken.VALUE_STRING
        || !FAR_YEAR.matcher(member.text).matches()) {
      return time(name);
    }
    String text = text(name).orElseThrow();
    try {
      OffsetDateTime.parse(text.startsWith("+") ? text : "+" + text);
      return Optional.of(LAST_SECOND);
    } catch (DateTimeException e) {
      throw problem(name, "must be a time such as 2030-01-01T00:00:00Z");
    }
  }

  /** Refuses what nobody has taken. */
  void requireNoMore() throws BadLineException {
    if (!rest.isEmpty()) {
      throw problem(shown(rest.keySet().iterator().next()), "is not a field of this record");
    }
  }

  BadLineException problem(String field, String message) {
    return new BadLineException(line, path + field, message);
  }

  private Optional<String> take(String name, String expected, JsonToken... types)
      throws BadLineException {
    Member member = rest.remove(name);
    if (member == null || member.type == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (!Set.of(types).contains(member.type)) {
      throw problem(name, "must be " + expected);
    }
    if (member.text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw problem(name, "has half a character");
    }
    return Optional.of(member.text);
  }

  /** A name that looks like one; in a mangled line it may be a value. */
  private static String shown(String name) {
    return name.matches("[a-z][a-z0-9_]{0,31}") ? name : "";
  }
}
