// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A host in Java by JNA: the same scenario as host.c. Argument: libheadrope.so.

import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

public final class Host {
  static final long NTS = -1, NONE = -1;
  static final int ALL_LEVELS = -1, PRIMARY = 0, EN = 0, ZH = 1;
  static final int UNIT = 1, HIERARCHY = 6, MEASURE = 7, DISTINCT_DAYS = 2;

  /** headrope_progress. */
  public interface Progress extends Callback {
    int invoke(String stage, long done, long total, Pointer userData);
  }

  /** headrope_write. */
  public interface Write extends Callback {
    int invoke(Pointer bytes, long size, Pointer userData);
  }

  static NativeLibrary library;
  static Memory error;
  static PrintStream out;

  // A struct of some bytes that begins with its own size.
  static Memory struct(int size) {
    Memory memory = new Memory(size);
    memory.clear();
    memory.setInt(0, size);
    return memory;
  }

  static Function function(String name) {
    return library.getFunction("headrope_" + name);
  }

  // Calls a function that takes an error at the end.
  static int call(String name, Object... arguments) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = error;
    for (int at = 0; at < all.length; at++) {
      if (all[at] instanceof String) all[at] = utf8((String) all[at]);
    }
    return function(name).invokeInt(all);
  }

  static Memory utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Memory memory = new Memory(bytes.length + 1);
    memory.write(0, bytes, 0, bytes.length);
    memory.setByte(bytes.length, (byte) 0);
    return memory;
  }

  static String errorText(int offset) {
    return error.getString(offset, "UTF-8");
  }

  static String id(int status) {
    return function("status_id").invokePointer(new Object[] {status}).getString(0);
  }

  static void must(String name, Object... arguments) {
    int status = call(name, arguments);
    if (status != 0) throw new IllegalStateException(id(status) + ": " + errorText(336));
  }

  static Object[] with(Object[] arguments, Object last) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  // Calls a function whose last output is a handle.
  static Pointer made(String name, Object... arguments) {
    PointerByReference handle = new PointerByReference();
    must(name, with(arguments, handle));
    return handle.getValue();
  }

  // Calls a function whose last output is a number of 64 bits.
  static long number(String name, Object... arguments) {
    LongByReference value = new LongByReference();
    must(name, with(arguments, value));
    return value.getValue();
  }

  static void free(String name, Pointer handle) {
    function(name).invokeVoid(new Object[] {handle});
  }

  static void show(String title, Pointer table) {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    Write write = (bytes, size, userData) -> {
      csv.write(bytes.getByteArray(0, (int) size), 0, (int) size);
      return 0;
    };
    must("table_write_csv", table, write, null);
    free("table_free", table);
    out.print("== " + title + "\n" + csv.toString(StandardCharsets.UTF_8));
  }

  static int day(String text) {
    IntByReference days = new IntByReference();
    must("date_parse", text, NTS, days);
    return days.getValue();
  }

  static long find(Pointer snapshot, int object, String identity) {
    return number("snapshot_find", snapshot, object, identity, NTS);
  }

  static void rollUp(Pointer snapshot, long party, long administrative) {
    Memory measures = new Memory(8);
    measures.setLong(0, find(snapshot, MEASURE, "study_session"));
    Memory tally = struct(48);
    tally.setInt(4, DISTINCT_DAYS);
    tally.setPointer(8, measures);
    tally.setLong(16, 1);
    Pointer days = made("figures_tally", snapshot, tally);
    show("days of study", made("figures_roll_up", days, party, NONE, ALL_LEVELS, 1));
    Pointer sums = made("sums_new", days, party);
    out.print("below U08: " + number("sums_at", sums, find(snapshot, UNIT, "U08")) + "\n");
    Pointer units = made("figures_count_units", snapshot, null, 0L);
    show("units", made("figures_roll_up", units, administrative, NONE, 1, 1));
    show("members", made("snapshot_member_table", snapshot, party, NONE, ALL_LEVELS, PRIMARY));
    free("sums_free", sums);
    free("figures_free", days);
    free("figures_free", units);
  }

  static Memory year() {
    Memory question = struct(24);
    question.setInt(4, day("2013-01-01"));
    question.setInt(8, day("2014-01-01"));
    return question;
  }

  static long findRule(Pointer pack, String rule) {
    return number("pack_find_rule", pack, rule, NTS);
  }

  static void cover(Pointer snapshot, Pointer pack, String ruleId, long hierarchy) {
    Memory rules = new Memory(8);
    rules.setLong(0, findRule(pack, ruleId));
    Pointer assessment = made("assessment_new", snapshot, pack, rules, 1L, year());
    Pointer coverage = made("coverage_new", assessment, hierarchy, PRIMARY, 1);
    show(ruleId, made("coverage_table", coverage, NONE, ALL_LEVELS));
    free("coverage_free", coverage);
    free("assessment_free", assessment);
  }

  static void listGaps(Pointer snapshot) {
    Pointer responsibility = made("responsibility_new", snapshot);
    show("gaps", made("responsibility_gaps", responsibility, null));
    free("responsibility_free", responsibility);
  }

  static void explain(Pointer snapshot, Pointer pack) {
    Pointer explanation = made("explanation_new", snapshot, pack, findRule(pack, "S02"), "U10",
        NTS, year());
    out.print("== why\n");
    for (int language : new int[] {EN, ZH}) {
      Memory sentence = new Memory(16);
      must("explanation_sentence", explanation, language, sentence);
      byte[] bytes = sentence.getPointer(0).getByteArray(0, (int) sentence.getLong(8));
      out.print(new String(bytes, StandardCharsets.UTF_8) + "\n");
    }
    free("explanation_free", explanation);
  }

  static void fail(Pointer registry) {
    Progress stop = (stage, done, total, userData) -> 1;
    Memory options = struct(40);
    options.setPointer(16, com.sun.jna.CallbackReference.getFunctionPointer(stop));
    PointerByReference other = new PointerByReference();
    int status = call("registry_load", "xincheng", NTS, options, null, other);
    out.print("== cancelled\n" + id(status) + " " + errorText(336) + "\n");
    status = call("pack_parse", registry, "format: headrope-pack/1\nid: x\nrulez: []\n", NTS,
        "x.yaml", NTS, null, 0L, null, other);
    out.print("== mistaken\n" + id(status) + " " + errorText(80) + " line " + error.getLong(8)
        + " column " + errorText(16) + "\n" + errorText(336) + "\n");
  }

  public static void main(String[] arguments) {
    library = NativeLibrary.getInstance(arguments[0]);
    error = struct(848);
    out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print("headrope " + function("version").invokePointer(new Object[0]).getString(0) + "\n");
    Pointer findings = made("findings_new", 0L);
    Pointer registry = made("registry_load", "xincheng", NTS, null, findings);
    out.print(function("findings_error_count").invokeLong(new Object[] {findings}) + " errors, "
        + function("findings_warning_count").invokeLong(new Object[] {findings}) + " warnings\n");
    Pointer snapshot = made("registry_freeze", registry, day("2013-12-31"), null, findings);
    long party = find(snapshot, HIERARCHY, "party");
    long administrative = find(snapshot, HIERARCHY, "administrative");
    rollUp(snapshot, party, administrative);
    Pointer pack = made("pack_load", registry, "pack/pack.yaml", NTS, findings);
    cover(snapshot, pack, "S02", party);
    cover(snapshot, pack, "S04", administrative);
    listGaps(snapshot);
    explain(snapshot, pack);
    fail(registry);
    free("pack_free", pack);
    free("snapshot_release", snapshot);
    free("registry_free", registry);
    free("findings_free", findings);
  }
}
