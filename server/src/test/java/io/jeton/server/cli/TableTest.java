package io.jeton.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void columns_fitTheirWidestCell_alsoInChinese() {
    Table table = new Table(out, "A", "B");
    table.add("张三", "1");
    table.add("x", "2");
    table.add("line\nend", "3");
    table.end();

    assertThat(text.toString().lines())
        .containsExactly(
            "A              B", "张三           1", "x              2", "line\\u000aend  3");
  }

  @Test
  void rowsAfterTheFirstHundred_arePrintedAsTheyCome() {
    Table table = new Table(out, "A", "B");
    for (int i = 0; i < 100; i++) {
      table.add("x", "y");
    }
    assertThat(text.toString().lines()).hasSize(101);

    table.add("longer", "y");

    assertThat(text.toString().lines()).hasSize(102).last().isEqualTo("longer  y");
  }

  @Test
  void noRows_areTheHeadings() {
    new Table(out, "A", "B").end();

    assertThat(text.toString()).isEqualToNormalizingNewlines("A  B\n");
  }
}
