// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// A host in C#: the same scenario as host.c. Mono and .NET look the library up
// as libheadrope.so in LD_LIBRARY_PATH.

using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

static class Host {
  const string Library = "headrope";
  const long Nts = -1, None = -1;
  const int AllLevels = -1, Primary = 0, En = 0, Zh = 1;
  const int Unit = 1, Hierarchy = 6, Measure = 7, DistinctDays = 2;

  [StructLayout(LayoutKind.Sequential)]
  struct View {
    public IntPtr data;
    public long size;
  }

  [StructLayout(LayoutKind.Sequential)]
  struct Error {
    public uint structSize;
    public int status;
    public long row;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = 64)] public byte[] column;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = 256)] public byte[] file;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = 512)] public byte[] message;
  }

  delegate int Progress(IntPtr stage, long done, long total, IntPtr userData);
  delegate int Write(IntPtr bytes, long size, IntPtr userData);

  [StructLayout(LayoutKind.Sequential)]
  class RegistryOptions {
    public uint structSize = 40;
    public int vocabulary;
    public IntPtr limits;
    public Progress progress;
    public IntPtr userData;
    public int endsAreInclusive;
    public int personsAreListed;
  }

  [StructLayout(LayoutKind.Sequential)]
  class Tally {
    public uint structSize = 48;
    public int reduction;
    public IntPtr measures;
    public long measureCount;
    public int validFrom;
    public int validUntil;
    public int creditsAbove;
    public int reserved;
    public long creditAlong;
  }

  [StructLayout(LayoutKind.Sequential)]
  class Question {
    public uint structSize = 24;
    public int validFrom;
    public int validUntil;
    public int threadCount;
    public int wantsDeadlines;
    public int itemsMax;
  }

  [DllImport(Library)] static extern IntPtr headrope_version();
  [DllImport(Library)] static extern IntPtr headrope_status_id(int status);
  [DllImport(Library)] static extern int headrope_date_parse(
      byte[] text, long size, out int days, ref Error error);
  [DllImport(Library)] static extern int headrope_findings_new(
      long max, out IntPtr findings, ref Error error);
  [DllImport(Library)] static extern long headrope_findings_error_count(
      IntPtr findings);
  [DllImport(Library)] static extern long headrope_findings_warning_count(
      IntPtr findings);
  [DllImport(Library)] static extern void headrope_findings_free(IntPtr findings);
  [DllImport(Library)] static extern int headrope_registry_load(
      byte[] folder, long size, RegistryOptions options, IntPtr findings,
      out IntPtr registry, ref Error error);
  [DllImport(Library)] static extern int headrope_registry_freeze(
      IntPtr registry, int day, IntPtr options, IntPtr findings,
      out IntPtr snapshot, ref Error error);
  [DllImport(Library)] static extern void headrope_registry_free(IntPtr registry);
  [DllImport(Library)] static extern int headrope_snapshot_find(
      IntPtr snapshot, int thing, byte[] identity, long size, out long number,
      ref Error error);
  [DllImport(Library)] static extern int headrope_snapshot_member_table(
      IntPtr snapshot, long hierarchy, long top, int levels, int basis,
      out IntPtr table, ref Error error);
  [DllImport(Library)] static extern void headrope_snapshot_release(
      IntPtr snapshot);
  [DllImport(Library)] static extern int headrope_figures_tally(
      IntPtr snapshot, Tally tally, out IntPtr figures, ref Error error);
  [DllImport(Library)] static extern int headrope_figures_count_units(
      IntPtr snapshot, long[] kinds, long count, out IntPtr figures,
      ref Error error);
  [DllImport(Library)] static extern int headrope_figures_roll_up(
      IntPtr figures, long hierarchy, long top, int levels, int threads,
      out IntPtr table, ref Error error);
  [DllImport(Library)] static extern void headrope_figures_free(IntPtr figures);
  [DllImport(Library)] static extern int headrope_sums_new(
      IntPtr figures, long hierarchy, out IntPtr sums, ref Error error);
  [DllImport(Library)] static extern int headrope_sums_at(
      IntPtr sums, long unit, out long sum, ref Error error);
  [DllImport(Library)] static extern void headrope_sums_free(IntPtr sums);
  [DllImport(Library)] static extern int headrope_pack_load(
      IntPtr registry, byte[] path, long size, IntPtr findings, out IntPtr pack,
      ref Error error);
  [DllImport(Library)] static extern int headrope_pack_parse(
      IntPtr registry, byte[] text, long size, byte[] name, long nameSize,
      IntPtr bases, long baseCount, IntPtr findings, out IntPtr pack,
      ref Error error);
  [DllImport(Library)] static extern int headrope_pack_find_rule(
      IntPtr pack, byte[] rule, long size, out long position, ref Error error);
  [DllImport(Library)] static extern void headrope_pack_free(IntPtr pack);
  [DllImport(Library)] static extern int headrope_assessment_new(
      IntPtr snapshot, IntPtr pack, long[] rules, long count, Question options,
      out IntPtr assessment, ref Error error);
  [DllImport(Library)] static extern void headrope_assessment_free(
      IntPtr assessment);
  [DllImport(Library)] static extern int headrope_coverage_new(
      IntPtr assessment, long hierarchy, int basis, int threads,
      out IntPtr coverage, ref Error error);
  [DllImport(Library)] static extern int headrope_coverage_table(
      IntPtr coverage, long top, int levels, out IntPtr table, ref Error error);
  [DllImport(Library)] static extern void headrope_coverage_free(IntPtr coverage);
  [DllImport(Library)] static extern int headrope_responsibility_new(
      IntPtr snapshot, out IntPtr responsibility, ref Error error);
  [DllImport(Library)] static extern int headrope_responsibility_gaps(
      IntPtr responsibility, IntPtr options, out IntPtr table, ref Error error);
  [DllImport(Library)] static extern void headrope_responsibility_free(
      IntPtr responsibility);
  [DllImport(Library)] static extern int headrope_explanation_new(
      IntPtr snapshot, IntPtr pack, long rule, byte[] subject, long size,
      Question options, out IntPtr explanation, ref Error error);
  [DllImport(Library)] static extern int headrope_explanation_sentence(
      IntPtr explanation, int language, out View sentence, ref Error error);
  [DllImport(Library)] static extern void headrope_explanation_free(
      IntPtr explanation);
  [DllImport(Library)] static extern int headrope_table_write_csv(
      IntPtr table, Write write, IntPtr userData, ref Error error);
  [DllImport(Library)] static extern void headrope_table_free(IntPtr table);

  static Error error = new Error { structSize = 848, column = new byte[64],
                                   file = new byte[256],
                                   message = new byte[512] };
  static readonly Stream output = Console.OpenStandardOutput();

  static byte[] Utf8(string text) { return Encoding.UTF8.GetBytes(text + "\0"); }

  static string Id(int status) {
    return Marshal.PtrToStringAnsi(headrope_status_id(status));
  }

  static string Cut(byte[] text) {
    return Encoding.UTF8.GetString(text, 0, Array.IndexOf(text, (byte)0));
  }

  static void Must(int status) {
    if (status == 0) return;
    throw new InvalidOperationException(Id(status) + ": " + Cut(error.message));
  }

  static void Say(string text) {
    byte[] bytes = Encoding.UTF8.GetBytes(text + "\n");
    output.Write(bytes, 0, bytes.Length);
  }

  static void Show(string title, IntPtr table) {
    Say("== " + title);
    Write write = (bytes, size, userData) => {
      byte[] piece = new byte[size];
      Marshal.Copy(bytes, piece, 0, (int)size);
      output.Write(piece, 0, piece.Length);
      return 0;
    };
    Must(headrope_table_write_csv(table, write, IntPtr.Zero, ref error));
    headrope_table_free(table);
  }

  static int Day(string text) {
    int days;
    Must(headrope_date_parse(Utf8(text), Nts, out days, ref error));
    return days;
  }

  static long Find(IntPtr snapshot, int thing, string identity) {
    long number;
    Must(headrope_snapshot_find(snapshot, thing, Utf8(identity), Nts, out number,
                                ref error));
    return number;
  }

  static long FindRule(IntPtr pack, string id) {
    long rule;
    Must(headrope_pack_find_rule(pack, Utf8(id), Nts, out rule, ref error));
    return rule;
  }

  static Question Year() {
    return new Question { validFrom = Day("2013-01-01"),
                          validUntil = Day("2014-01-01") };
  }

  static void RollUp(IntPtr snapshot, long party, long administrative) {
    IntPtr days, units, sums, table;
    long sum;
    long[] measures = { Find(snapshot, Measure, "study_session") };
    GCHandle pinned = GCHandle.Alloc(measures, GCHandleType.Pinned);
    Tally tally = new Tally { reduction = DistinctDays, measureCount = 1,
                              measures = pinned.AddrOfPinnedObject() };
    Must(headrope_figures_tally(snapshot, tally, out days, ref error));
    pinned.Free();
    Must(headrope_figures_roll_up(days, party, None, AllLevels, 1, out table,
                                  ref error));
    Show("days of study", table);
    Must(headrope_sums_new(days, party, out sums, ref error));
    Must(headrope_sums_at(sums, Find(snapshot, Unit, "U08"), out sum, ref error));
    Say("below U08: " + sum);
    Must(headrope_figures_count_units(snapshot, null, 0, out units, ref error));
    Must(headrope_figures_roll_up(units, administrative, None, 1, 1, out table,
                                  ref error));
    Show("units", table);
    Must(headrope_snapshot_member_table(snapshot, party, None, AllLevels, Primary,
                                        out table, ref error));
    Show("members", table);
    headrope_sums_free(sums);
    headrope_figures_free(days);
    headrope_figures_free(units);
  }

  static void Cover(IntPtr snapshot, IntPtr pack, string ruleId, long hierarchy) {
    IntPtr assessment, coverage, table;
    long[] rules = { FindRule(pack, ruleId) };
    Must(headrope_assessment_new(snapshot, pack, rules, 1, Year(), out assessment,
                                 ref error));
    Must(headrope_coverage_new(assessment, hierarchy, Primary, 1, out coverage,
                               ref error));
    Must(headrope_coverage_table(coverage, None, AllLevels, out table, ref error));
    Show(ruleId, table);
    headrope_coverage_free(coverage);
    headrope_assessment_free(assessment);
  }

  static void ListGaps(IntPtr snapshot) {
    IntPtr responsibility, table;
    Must(headrope_responsibility_new(snapshot, out responsibility, ref error));
    Must(headrope_responsibility_gaps(responsibility, IntPtr.Zero, out table,
                                      ref error));
    Show("gaps", table);
    headrope_responsibility_free(responsibility);
  }

  static void Explain(IntPtr snapshot, IntPtr pack) {
    IntPtr explanation;
    Must(headrope_explanation_new(snapshot, pack, FindRule(pack, "S02"),
                                  Utf8("U10"), Nts, Year(), out explanation,
                                  ref error));
    Say("== why");
    foreach (int language in new[] { En, Zh }) {
      View sentence;
      Must(headrope_explanation_sentence(explanation, language, out sentence,
                                         ref error));
      byte[] bytes = new byte[sentence.size];
      Marshal.Copy(sentence.data, bytes, 0, bytes.Length);
      Say(Encoding.UTF8.GetString(bytes));
    }
    headrope_explanation_free(explanation);
  }

  static void Fail(IntPtr registry) {
    IntPtr other;
    RegistryOptions options = new RegistryOptions {
      progress = (stage, done, total, userData) => 1
    };
    int status = headrope_registry_load(Utf8("xincheng"), Nts, options,
                                        IntPtr.Zero, out other, ref error);
    Say("== cancelled\n" + Id(status) + " " + Cut(error.message));
    status = headrope_pack_parse(
        registry, Utf8("format: headrope-pack/1\nid: x\nrulez: []\n"), Nts,
        Utf8("x.yaml"), Nts, IntPtr.Zero, 0, IntPtr.Zero, out other, ref error);
    Say("== mistaken\n" + Id(status) + " " + Cut(error.file) + " line " +
        error.row + " column " + Cut(error.column) + "\n" + Cut(error.message));
  }

  static void Main() {
    IntPtr findings, registry, snapshot, pack;
    Say("headrope " + Marshal.PtrToStringAnsi(headrope_version()));
    Must(headrope_findings_new(0, out findings, ref error));
    Must(headrope_registry_load(Utf8("xincheng"), Nts, null, findings,
                                out registry, ref error));
    Say(headrope_findings_error_count(findings) + " errors, " +
        headrope_findings_warning_count(findings) + " warnings");
    Must(headrope_registry_freeze(registry, Day("2013-12-31"), IntPtr.Zero,
                                  findings, out snapshot, ref error));
    long party = Find(snapshot, Hierarchy, "party");
    long administrative = Find(snapshot, Hierarchy, "administrative");
    RollUp(snapshot, party, administrative);
    Must(headrope_pack_load(registry, Utf8("pack/pack.yaml"), Nts, findings,
                            out pack, ref error));
    Cover(snapshot, pack, "S02", party);
    Cover(snapshot, pack, "S04", administrative);
    ListGaps(snapshot);
    Explain(snapshot, pack);
    Fail(registry);
    headrope_pack_free(pack);
    headrope_snapshot_release(snapshot);
    headrope_registry_free(registry);
    headrope_findings_free(findings);
  }
}
