package io.jeton.server;

import io.jeton.client.records.BadLineException;
import io.jeton.client.records.FieldNames;
import io.jeton.client.records.ImportFile;
import io.jeton.client.records.ImportReader;
import io.jeton.server.api.Identity;
import io.jeton.server.api.ImportRecords;
import io.jeton.server.api.ImportSession;
import io.jeton.server.domain.Actor;
import io.jeton.server.domain.Caller;
import io.jeton.server.domain.Grants;
import io.jeton.server.domain.Permission;
import io.jeton.v1.ImportProblem;
import io.jeton.v1.ImportRequest;
import io.jeton.v1.ImportResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports a file into a node before it answers, as the server itself: the whole file is checked
 * before anything of it is written. Blocks.
 */
final class StartupImport {
  private static final Logger LOG = LoggerFactory.getLogger(StartupImport.class);
  private static final int BATCH = 200;

  private final ImportFile file;
  private final ImportRecords records;

  StartupImport(ImportFile file, ImportRecords records) {
    this.file = file;
    this.records = records;
  }

  /**
   * Imports the file.
   *
   * @throws StartupException when it cannot be read, or with the first line that is refused
   */
  void run() throws StartupException {
    pass(true);
    ImportResponse done = pass(false);
    done.getWarningsList().forEach(each -> LOG.warn("{}", text(each)));
    LOG.info(
        "Imported {}: {} records added, {} changed, {} unchanged",
        file.path(),
        done.getCreated(),
        done.getChanged(),
        done.getUnchanged());
  }

  private ImportResponse pass(boolean validateOnly) throws StartupException {
    ImportSession session = records.begin(validateOnly, server());
    try (ImportReader reader = file.open()) {
      for (List<ImportRequest> batch = batch(reader, session);
          !batch.isEmpty();
          batch = batch(reader, session)) {
        take(session, batch);
      }
      return session.response();
    } catch (IOException e) {
      throw new StartupException("the import file " + file.path() + " cannot be read", e);
    }
  }

  private List<ImportRequest> batch(ImportReader reader, ImportSession session)
      throws IOException, StartupException {
    List<ImportRequest> batch = new ArrayList<>();
    try {
      Optional<ImportRequest> next = reader.next();
      while (next.isPresent()) {
        batch.add(next.get());
        next = batch.size() < BATCH ? reader.next() : Optional.empty();
      }
      return batch;
    } catch (BadLineException e) {
      // A line before it may be the first that is wrong.
      take(session, batch);
      throw new StartupException(text(e.line(), e.field(), e.problem()), e);
    }
  }

  private void take(ImportSession session, List<ImportRequest> batch) throws StartupException {
    session.take(batch);
    Optional<ImportProblem> problem = session.response().getProblemsList().stream().findFirst();
    if (problem.isPresent()) {
      throw new StartupException(text(problem.get()));
    }
  }

  private String text(ImportProblem problem) {
    return text(problem.getLine(), FieldNames.inFile(problem.getField()), problem.getMessage());
  }

  private String text(long line, String field, String message) {
    return file.path() + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + message;
  }

  /** The server itself, who may do everything. */
  private static Identity server() {
    Grants everything = Grants.of(Map.of(Grants.ALL_REALMS, EnumSet.of(Permission.ADMIN)));
    Caller caller =
        new Caller(Actor.SERVER.callerId(), "server", everything, Instant.EPOCH, Optional.empty());
    return new Identity(caller, Actor.SERVER.address(), Actor.SERVER.requestId());
  }
}
