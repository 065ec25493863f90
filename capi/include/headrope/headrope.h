/* Copyright 2026 The Headrope Authors
 * SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The C API of Headrope. What is not in this header is not API.
 *
 * The way through: a *registry* takes dated facts, from a data package or row
 * by row; it is frozen as of a day into a *snapshot*; a snapshot answers with
 * *figures*, and with a *pack* of rules it is *assessed*, *covered*,
 * *explained* and *compared*. Every answer leaves as a *table*: cell by cell,
 * as CSV, as JSON, or as Arrow without a copy.
 *
 * What holds for every function, unless its comment says otherwise:
 *
 * - A function that can fail returns a `headrope_status`; 0 is success. All
 *   parameters must be given (`HEADROPE_E_NULL_ARGUMENT`), except `options`,
 *   `findings`, `error` and `user_data`, which may be NULL. A text of size 0
 * may have no address.
 * - Outputs are set on every path: to 0, NULL, or `HEADROPE_NONE` on failure. A
 *   failed call changes nothing and may be repeated; findings aside, which
 *   tell what was found. Running out of memory is `HEADROPE_E_OUT_OF_MEMORY`
 *   of any function that returns a status.
 * - Texts in are UTF-8 with their size in bytes, `HEADROPE_NTS` for one that
 *   ends with a zero byte. Texts out are views, not ended by a zero byte, that
 *   live as long as the handle that they came from.
 * - Days are days since 1970-01-01; intervals are `[valid_from, valid_until)`.
 *   Units, persons, hierarchies, measures and so on are dense numbers from 0 in
 *   one registry or snapshot; `HEADROPE_NONE` is none of them.
 * - Handles are made by `_new`, `_load` and their like, and given back by
 *   `_free` or `_release`, once; NULL may always be given back. A handle keeps
 *   what it needs: a snapshot may be released while its answers live on.
 * - Threads: *any* means that any number of threads may call at once, also on
 *   one handle. *One* means one thread at a time for each handle. The library
 *   starts no thread unless `thread_count` asks for it, has no state besides
 *   its handles, and never prints, exits, or looks at clock, locale or
 *   environment. (Progress calls are spaced with a steady clock.)
 * - Callbacks run on the thread of the call, must not throw or jump, and must
 *   not call into the same registry.
 * - All functions are there since version 0.1, and in the state that
 *   `capi/abi/symbols.tsv` names.
 * - `examples/c` calls every function; `examples/hosts` has a program in six
 *   languages.
 */

#ifndef HEADROPE_HEADROPE_H
#define HEADROPE_HEADROPE_H

#include <stdint.h>

#if defined(_WIN32) && !defined(HEADROPE_STATIC)
#ifdef HEADROPE_BUILDING
#define HEADROPE_API __declspec(dllexport)
#else
#define HEADROPE_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define HEADROPE_API __attribute__((visibility("default")))
#else
#define HEADROPE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Values and names --------------------------------------------------------- */

/** The version of this header: major * 10000 + minor * 100 + patch. */
#define HEADROPE_VERSION_NUMBER 100

/** The size of a text that ends with a zero byte. */
#define HEADROPE_NTS INT64_C(-1)
/** No unit, person, hierarchy … */
#define HEADROPE_NONE INT64_C(-1)
/** The open end of an interval: no last day is known. */
#define HEADROPE_DATE_OPEN INT32_MAX
/** The open start of an interval: before every day. */
#define HEADROPE_DATE_OPEN_START INT32_MIN
/** All levels of a hierarchy. */
#define HEADROPE_ALL_LEVELS INT32_C(-1)

/** What became of a call: 0, or one of the `HEADROPE_E_` numbers. Numbers that
 * this header does not have may come from a later library. */
typedef int32_t headrope_status;

/** Success. */
#define HEADROPE_OK 0
#define HEADROPE_E_INTERNAL 1
#define HEADROPE_E_OUT_OF_MEMORY 2
#define HEADROPE_E_CANCELLED 3
#define HEADROPE_E_INVALID_ARGUMENT 4
#define HEADROPE_E_NOT_FOUND 5
#define HEADROPE_E_LIMIT_EXCEEDED 7
#define HEADROPE_E_NULL_ARGUMENT 8
#define HEADROPE_E_STRUCT_UNSUPPORTED 9
#define HEADROPE_E_BUFFER_TOO_SMALL 10
#define HEADROPE_E_NOT_A_FOLDER 101
#define HEADROPE_E_FILE_UNREADABLE 102
#define HEADROPE_E_DESCRIPTOR_INVALID 103
#define HEADROPE_E_FORMAT_UNSUPPORTED 104
#define HEADROPE_E_TABLE_MISSING 105
#define HEADROPE_E_TABLE_UNKNOWN 106
#define HEADROPE_E_COLUMN_MISSING 107
#define HEADROPE_E_COLUMN_UNKNOWN 108
#define HEADROPE_E_COLUMN_REPEATED 109
#define HEADROPE_E_FILE_EMPTY 110
#define HEADROPE_E_ROW_RAGGED 111
#define HEADROPE_E_QUOTE_STRAY 112
#define HEADROPE_E_QUOTE_UNCLOSED 113
#define HEADROPE_E_FIELD_TOO_LONG 114
#define HEADROPE_E_TEXT_NOT_UTF8 115
#define HEADROPE_E_TEXT_NOT_GB18030 116
#define HEADROPE_E_VALUE_MISSING 117
#define HEADROPE_E_VALUE_NOT_A_DATE 118
#define HEADROPE_E_VALUE_NOT_A_NUMBER 119
#define HEADROPE_E_VALUE_OUT_OF_RANGE 120
#define HEADROPE_E_VALUE_NOT_IN_LIST 121
#define HEADROPE_E_PATH_REFUSED 122
#define HEADROPE_E_ENCODING_UNSUPPORTED 123
#define HEADROPE_E_FILE_DAMAGED 140
#define HEADROPE_E_FILE_UNWRITABLE 141
#define HEADROPE_E_KIND_UNKNOWN 201
#define HEADROPE_E_UNIT_UNKNOWN 202
#define HEADROPE_E_PERSON_UNKNOWN 203
#define HEADROPE_E_POST_UNKNOWN 204
#define HEADROPE_E_DUTY_UNKNOWN 205
#define HEADROPE_E_ROLE_UNKNOWN 206
#define HEADROPE_E_MEASURE_UNKNOWN 207
#define HEADROPE_E_HIERARCHY_UNKNOWN 208
#define HEADROPE_E_RECORD_UNKNOWN 209
#define HEADROPE_E_IDENTITY_INVALID 210
#define HEADROPE_E_IDENTITY_REPEATED 211
#define HEADROPE_E_VOCABULARY_CONTRADICTED 212
#define HEADROPE_E_INTERVAL_REVERSED 213
#define HEADROPE_E_STATES_OVERLAP 214
#define HEADROPE_E_PARENTS_OVERLAP 215
#define HEADROPE_E_MEMBERSHIPS_OVERLAP 216
#define HEADROPE_E_PRIMARY_MEMBERSHIPS_OVERLAP 217
#define HEADROPE_E_ATTRIBUTES_OVERLAP 218
#define HEADROPE_E_KIND_NOT_ALLOWED 219
#define HEADROPE_E_SUBJECT_MISSING 220
#define HEADROPE_E_ATTENDANCE_REPEATED 221
#define HEADROPE_E_HOLDERS_TOO_MANY 222
#define HEADROPE_E_OUTSIDE_LIFE 223
#define HEADROPE_E_SELF_LINK 225
#define HEADROPE_E_POST_ABSENT 226
#define HEADROPE_E_HOLDER_NOT_ALLOWED 227
#define HEADROPE_E_OFFICE_CIRCLE 228
#define HEADROPE_E_HOLDER_UNKNOWN 229
#define HEADROPE_E_CYCLE 301
#define HEADROPE_E_CYCLE_BROKEN 302
#define HEADROPE_E_ORPHAN 303
#define HEADROPE_E_DEPTH_EXCEEDED 305
#define HEADROPE_E_PARENTS_TOO_MANY 306
#define HEADROPE_E_PATHS_TOO_MANY 307
#define HEADROPE_E_RULE_INVALID 401
#define HEADROPE_E_REDUCTION_REFUSED 402
#define HEADROPE_E_WINDOW_INVALID 403
#define HEADROPE_E_PACK_INVALID 404
#define HEADROPE_E_YAML_INVALID 405
#define HEADROPE_E_KEY_UNKNOWN 406
#define HEADROPE_E_KEY_REPEATED 407
#define HEADROPE_E_KEY_MISSING 408
#define HEADROPE_E_REFERENCE_REFUSED 409
#define HEADROPE_E_PARAMETER_UNKNOWN 410
#define HEADROPE_E_PARAMETER_REPEATED 411
#define HEADROPE_E_CLAUSE_MISSING 412
#define HEADROPE_E_RULE_UNKNOWN 413
#define HEADROPE_E_RULE_REPEATED 414
#define HEADROPE_E_RULE_CYCLE 415
#define HEADROPE_E_THING_MISMATCH 416
#define HEADROPE_E_OVERLAY_CYCLE 417
#define HEADROPE_E_OVERLAY_TOO_EARLY 418
#define HEADROPE_E_PACK_UNKNOWN 419
#define HEADROPE_E_CASE_INVALID 420
#define HEADROPE_E_SUM_OVERFLOW 501

/** A kind of object that a registry and a snapshot number. */
typedef int32_t headrope_object;
#define HEADROPE_OBJECT_UNIT 1
#define HEADROPE_OBJECT_PERSON 2
#define HEADROPE_OBJECT_POST 3
#define HEADROPE_OBJECT_DUTY 4
#define HEADROPE_OBJECT_KIND 5
#define HEADROPE_OBJECT_HIERARCHY 6
#define HEADROPE_OBJECT_MEASURE 7
#define HEADROPE_OBJECT_ROLE 8
#define HEADROPE_OBJECT_ATTRIBUTE 9

/** A language of wording for people. */
typedef int32_t headrope_language;
#define HEADROPE_LANGUAGE_EN 0
#define HEADROPE_LANGUAGE_ZH 1

/** How the records of a unit become one number. */
typedef int32_t headrope_reduction;
#define HEADROPE_REDUCTION_COUNT 0
#define HEADROPE_REDUCTION_SUM 1
#define HEADROPE_REDUCTION_DISTINCT_DAYS 2
#define HEADROPE_REDUCTION_LAST 3
#define HEADROPE_REDUCTION_LEAST 4
#define HEADROPE_REDUCTION_GREATEST 5

/** Who is counted, and how often, where persons are counted under a unit. */
typedef int32_t headrope_basis;
#define HEADROPE_BASIS_PRIMARY 0 /**< once, at the formal membership */
#define HEADROPE_BASIS_ANY 1     /**< once below a unit, by any membership */
#define HEADROPE_BASIS_EVERY 2   /**< each membership */

/** Whether a membership is the formal one. */
typedef int32_t headrope_standing;
#define HEADROPE_STANDING_PRIMARY 0
#define HEADROPE_STANDING_SECONDARY 1

/** The status of a rule for a subject. */
typedef int32_t headrope_rule_status;
#define HEADROPE_RULE_MET 0
#define HEADROPE_RULE_UNMET 1
#define HEADROPE_RULE_PENDING 2
#define HEADROPE_RULE_EXEMPT 3
#define HEADROPE_RULE_NOT_APPLICABLE 4
#define HEADROPE_RULE_NOT_IN_FORCE 5
#define HEADROPE_RULE_NOT_EVALUABLE 6

/** A property that subjects are grouped by. */
typedef int32_t headrope_grouping;
#define HEADROPE_GROUP_BY_KIND 0
#define HEADROPE_GROUP_BY_LEVEL 1     /**< depth in a hierarchy */
#define HEADROPE_GROUP_BY_ATTRIBUTE 2 /**< value of an attribute */

/** A table that a pack itself gives. */
typedef int32_t headrope_pack_part;
#define HEADROPE_PACK_RULES 0
#define HEADROPE_PACK_PARAMETERS 1
#define HEADROPE_PACK_DUTIES 2
#define HEADROPE_PACK_CHANGES 3 /**< of an overlay */
#define HEADROPE_PACK_AUDIT 4   /**< do the document's own figures hold? */

/** What a column of a table holds. */
typedef int32_t headrope_column_type;
#define HEADROPE_COLUMN_TEXT 0
#define HEADROPE_COLUMN_INTEGER 1
#define HEADROPE_COLUMN_DECIMAL 2  /**< an integer with `decimals` places */
#define HEADROPE_COLUMN_DATE 3     /**< days since 1970-01-01 */
#define HEADROPE_COLUMN_RATIO 4    /**< numerator over denominator */
#define HEADROPE_COLUMN_FRACTION 5 /**< an exact number, as a fraction */

/** When a freeze file is looked at. */
typedef int32_t headrope_verify;
#define HEADROPE_VERIFY_AT_OPEN 0   /**< all of it, when it is opened */
#define HEADROPE_VERIFY_AS_NEEDED 1 /**< each part when it is asked for */

/** What a registry knows before the first row. */
typedef int32_t headrope_vocabulary;
#define HEADROPE_VOCABULARY_SHIPPED         \
  0 /**< Chinese party and government terms \
     */
#define HEADROPE_VOCABULARY_EMPTY 1

/** What becomes of two sets of persons. */
typedef int32_t headrope_set_operation;
#define HEADROPE_SET_UNITE 0     /**< in one of them at least */
#define HEADROPE_SET_INTERSECT 1 /**< in both */
#define HEADROPE_SET_SUBTRACT 2  /**< in the first, and not in the second */

/** How a value is compared with a threshold. */
typedef int32_t headrope_comparing;
#define HEADROPE_COMPARING_AT_LEAST 0
#define HEADROPE_COMPARING_AT_MOST 1
#define HEADROPE_COMPARING_EQUAL 2

/** Facts about an organisation, being gathered. */
typedef struct headrope_registry headrope_registry;
/** What was found in data or packs. */
typedef struct headrope_findings headrope_findings;
/** An organisation as of a day; immutable, counted. */
typedef struct headrope_snapshot headrope_snapshot;
/** One number for each unit of a snapshot; immutable. */
typedef struct headrope_figures headrope_figures;
/** The sums of figures at and below each unit; immutable. */
typedef struct headrope_sums headrope_sums;
/** A policy document as rules; immutable. */
typedef struct headrope_pack headrope_pack;
/** The status of rules for each of their subjects; immutable. */
typedef struct headrope_assessment headrope_assessment;
/** An assessment rolled up along a hierarchy; immutable. */
typedef struct headrope_coverage headrope_coverage;
/** Why a rule has its status for a subject; immutable. */
typedef struct headrope_explanation headrope_explanation;
/** What changes between two packs; immutable. */
typedef struct headrope_comparison headrope_comparison;
/** Some persons of a snapshot; immutable. */
typedef struct headrope_persons headrope_persons;
/** How sets of persons overlap; immutable. */
typedef struct headrope_overlap headrope_overlap;
/** The values of subjects at and below each unit, by size; immutable. */
typedef struct headrope_spectrum headrope_spectrum;
/** Who answers for what; immutable. */
typedef struct headrope_responsibility headrope_responsibility;
/** Columns of one length; immutable. */
typedef struct headrope_table headrope_table;
/** Figures of a snapshot that are kept right while records come and members
 * move. */
typedef struct headrope_live headrope_live;
/** Live figures as they were at one moment; immutable. */
typedef struct headrope_moment headrope_moment;

/** A text. Going in, `size` may be `HEADROPE_NTS`. This struct never grows. */
typedef struct headrope_text {
  const char* data; /**< not ended by a zero byte on the way out */
  int64_t size;     /**< in bytes */
} headrope_text;

/** A file of a data package in the caller's memory. This struct never grows. */
typedef struct headrope_file {
  headrope_text path; /**< in the package, such as `units.csv` */
  const void* bytes;  /**< may be NULL if `size` is 0 */
  int64_t size;
} headrope_file;

/** Told how far a long call is: at most 20 times a second. `total` is 0 if it
 * is not known; both are in bytes, rows or subjects of the stage. Non-zero
 * stops the call within 50 ms, which then gives `HEADROPE_E_CANCELLED`. Calls
 * that take none need some seconds at most for a whole country. */
typedef int32_t (*headrope_progress)(const char* stage, int64_t done,
                                     int64_t total, void* user_data);

/** Takes a piece of text. Non-zero: it wants no more, and the call gives
 * `HEADROPE_E_CANCELLED`. */
typedef int32_t (*headrope_write)(const char* bytes, int64_t size,
                                  void* user_data);

/** What a live figure is. */
typedef int32_t headrope_live_type;
#define HEADROPE_LIVE_SUMS 0     /**< of a tally */
#define HEADROPE_LIVE_COVERAGE 1 /**< of a rule of a pack */
#define HEADROPE_LIVE_MEMBERS 2  /**< how many */

/** A figure that is to be kept. This struct never grows. */
typedef struct headrope_live_figure {
  headrope_live_type type;
  headrope_basis basis;               /**< of members */
  const struct headrope_tally* tally; /**< of sums; else not read */
  const headrope_pack* pack;          /**< of a coverage; else not read */
  int64_t rule;                       /**< of a coverage, in the pack */
  int32_t valid_from; /**< of a coverage, as in `headrope_question` */
  int32_t valid_until;
} headrope_live_figure;

/** What happens in a change. */
typedef int32_t headrope_change_type;
#define HEADROPE_CHANGE_ADD_RECORD 0
#define HEADROPE_CHANGE_WITHDRAW_RECORD 1
#define HEADROPE_CHANGE_JOIN 2  /**< a person becomes a member */
#define HEADROPE_CHANGE_LEAVE 3 /**< a person ends to be a member */

/** A change of live figures. This struct never grows. */
typedef struct headrope_change {
  headrope_change_type type;
  int32_t reaches; /**< 1: a record that comes reaches the subtree */
  int64_t record;  /**< the number of the one that goes; else not read */
  int64_t measure; /**< of a record, also of one that goes */
  int64_t unit;    /**< or `HEADROPE_NONE` of a record of a person */
  int64_t person;  /**< or `HEADROPE_NONE` of a record of a unit */
  int64_t value;   /**< of a record that comes, as is what follows */
  int32_t valid_from;
  int32_t valid_until;
  headrope_standing standing; /**< of a person who joins */
  int32_t reserved;           /**< 0 */
} headrope_change;
#define HEADROPE_CHANGE_INIT                                                  \
  {0, 0, HEADROPE_NONE, HEADROPE_NONE, HEADROPE_NONE, HEADROPE_NONE, 0, 0, 0, \
   0, 0}

/** Told after a batch of changes at and below which units figures changed.
 * @param units ascending, good during the call; NULL where `count` is
 *   `HEADROPE_NONE`: any may have changed.
 * It may read the live figures, and may not change them. Non-zero: it is not
 * told again. */
typedef int32_t (*headrope_live_listener)(int64_t sequence,
                                          const int64_t* units, int64_t count,
                                          void* user_data);

/* Structs that may grow at their end. `struct_size` is the size that the caller
 * was compiled with; zero members mean the default. A size that does not reach
 * the second member is `HEADROPE_E_INVALID_ARGUMENT`; a longer struct whose
 * unknown members are not all zero is `HEADROPE_E_STRUCT_UNSUPPORTED`. */

/** What went wrong, in memory of the caller's. Texts end with a zero byte and
 * are cut where they do not fit, between two characters. */
typedef struct headrope_error {
  uint32_t struct_size;
  headrope_status status;
  int64_t row;       /**< of `file`, the header is 1; 0: none */
  char column[64];   /**< of `file`; empty: none */
  char file[256];    /**< as the package names it; empty: none */
  char message[512]; /**< one line, in English */
} headrope_error;
#define HEADROPE_ERROR_INIT {sizeof(headrope_error), 0, 0, {0}, {0}, {0}}

/** Upper limits on what a caller's data may take; 0 is the default of each.
 * Fixed when a registry is made. Past one is `HEADROPE_E_LIMIT_EXCEEDED` or the
 * status that the member names. */
typedef struct headrope_limits {
  uint32_t struct_size;
  uint32_t units_max;            /**< 50,000,000 */
  uint32_t persons_max;          /**< 400,000,000 */
  uint32_t rows_max;             /**< of one table: 2,000,000,000 */
  uint32_t vocabulary_max;       /**< kinds, roles … each: 60,000 */
  uint32_t identity_bytes_max;   /**< 255 */
  uint32_t field_bytes_max;      /**< 1 MiB; `FIELD_TOO_LONG` */
  uint32_t row_bytes_max;        /**< 16 MiB; `FIELD_TOO_LONG` */
  uint32_t columns_max;          /**< of one table: 1,024 */
  uint32_t descriptor_bytes_max; /**< 4 MiB */
  uint32_t descriptor_depth_max; /**< 64 */
  uint32_t depth_max;            /**< of a hierarchy: 1,024 */
  uint32_t places_per_unit_max;  /**< 16; `PATHS_TOO_MANY` */
  uint32_t findings_max;         /**< that are kept: 1,000 */
} headrope_limits;
#define HEADROPE_LIMITS_INIT \
  {sizeof(headrope_limits), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** How a registry is made and filled. */
typedef struct headrope_registry_options {
  uint32_t struct_size;
  headrope_vocabulary vocabulary;
  const headrope_limits* limits; /**< NULL: the defaults */
  headrope_progress progress;    /**< NULL: none */
  void* user_data;               /**< for `progress` */
  /** Of rows added one by one or by stream: 1 if the end of an interval is the
   * last day, as documents have it; 0 if it is the day after. */
  int32_t ends_are_inclusive;
  /** 1 if a row may not be the first to name a person. */
  int32_t persons_are_listed;
  /** Of loading: 0 and 1: the caller's thread; 64 at most. The registry and the
   * findings are the same for any number; files are read, and callbacks called,
   * on the caller's thread. */
  int32_t thread_count;
  int32_t reserved; /**< 0 */
} headrope_registry_options;
#define HEADROPE_REGISTRY_OPTIONS_INIT \
  {sizeof(headrope_registry_options), 0, 0, 0, 0, 0, 0, 0, 0}

/** Where the files of a package are kept. Of the members only `close` may be
 * NULL. */
typedef struct headrope_source {
  uint32_t struct_size;
  int32_t reserved; /**< 0 */
  /** Opens a file of the package; sets `file` to what names it later, and
   * `size` to its bytes if they are known. Non-zero: it cannot be opened. Paths
   * that lead out of the package never come here. */
  int32_t (*open)(const char* path, void** file, int64_t* size,
                  void* user_data);
  /** Fills the start of `buffer`: how many bytes, 0 at the end, below 0 if
   * reading failed. */
  int64_t (*read)(void* file, char* buffer, int64_t capacity, void* user_data);
  /** Closes a file that was opened; called once for each. */
  void (*close)(void* file, void* user_data);
  void* user_data;
} headrope_source;
#define HEADROPE_SOURCE_INIT {sizeof(headrope_source), 0, 0, 0, 0, 0}

/** How a registry is frozen. */
typedef struct headrope_freeze_options {
  uint32_t struct_size;
  /** Only what stood in the books on that day; 0: everything. */
  int32_t known_on;
  headrope_progress progress; /**< NULL: none */
  void* user_data;            /**< for `progress` */
} headrope_freeze_options;
#define HEADROPE_FREEZE_OPTIONS_INIT {sizeof(headrope_freeze_options), 0, 0, 0}

/** How a snapshot is saved. */
typedef struct headrope_save_options {
  uint32_t struct_size;
  int32_t reserved; /**< 0 */
  /** Figures to keep beside it, of the same snapshot, and a name for each. */
  const headrope_figures* const* figures;
  const headrope_text* names;
  int64_t figure_count;
  headrope_progress progress; /**< NULL: none */
  void* user_data;            /**< for `progress` */
} headrope_save_options;
#define HEADROPE_SAVE_OPTIONS_INIT \
  {sizeof(headrope_save_options), 0, 0, 0, 0, 0, 0}

/** How a freeze file is opened. */
typedef struct headrope_open_options {
  uint32_t struct_size;
  headrope_verify verify;
  int32_t into_memory;        /**< 1: read it, and do not map it */
  int32_t thread_count;       /**< that look at it; 0 and 1: the caller's */
  headrope_progress progress; /**< NULL: none */
  void* user_data;            /**< for `progress` */
} headrope_open_options;
#define HEADROPE_OPEN_OPTIONS_INIT \
  {sizeof(headrope_open_options), 0, 0, 0, 0, 0}

/** Which records become a figure, and how. */
typedef struct headrope_tally {
  uint32_t struct_size;
  headrope_reduction reduction;
  const int64_t* measures; /**< at least one */
  int64_t measure_count;
  int32_t valid_from; /**< both 0: up to the day of the snapshot */
  int32_t valid_until;
  /** 1: also credit records of units above, along the hierarchy
   * `credit_along`, that reach the subtree. */
  int32_t credits_above;
  int32_t reserved; /**< 0 */
  int64_t credit_along;
} headrope_tally;
#define HEADROPE_TALLY_INIT {sizeof(headrope_tally), 0, 0, 0, 0, 0, 0, 0, 0}

/** What is asked of rules. */
typedef struct headrope_question {
  uint32_t struct_size;
  /** The days asked about. Both 0, and an open end: up to the day of the
   * snapshot; an open start: from the day the pack takes effect. */
  int32_t valid_from;
  int32_t valid_until;
  int32_t thread_count;       /**< 0 and 1: the caller's thread; 64 at most */
  int32_t wants_deadlines;    /**< 1: the day on which pending turns unmet */
  int32_t items_max;          /**< of an explanation, for each amount; 0: 200 */
  headrope_progress progress; /**< in subjects, rule by rule; NULL: none */
  void* user_data;            /**< for `progress` */
} headrope_question;
#define HEADROPE_QUESTION_INIT {sizeof(headrope_question), 0, 0, 0, 0, 0, 0, 0}

/** Which gaps in responsibility are asked for. */
typedef struct headrope_gaps_options {
  uint32_t struct_size;
  int32_t valid_from;  /**< the days asked about; both 0: the snapshot's */
  int32_t valid_until; /**< the day after them */
  headrope_language language;
  int64_t gaps_max;           /**< `LIMIT_EXCEEDED` past it; 0: 20,000,000 */
  headrope_progress progress; /**< in duties, units or rows; NULL: none */
  void* user_data;            /**< for `progress` */
} headrope_gaps_options;
#define HEADROPE_GAPS_OPTIONS_INIT \
  {sizeof(headrope_gaps_options), 0, 0, 0, 0, 0, 0}

/** Which chain is followed. */
typedef struct headrope_chain_options {
  uint32_t struct_size;
  int32_t day; /**< 0: that of the snapshot */
  headrope_language language;
  int32_t needs_post;   /**< 1: a unit without any such post is a break too */
  const int64_t* roles; /**< that hold the chain; none: every role of heads */
  int64_t role_count;
} headrope_chain_options;
#define HEADROPE_CHAIN_OPTIONS_INIT \
  {sizeof(headrope_chain_options), 0, 0, 0, 0, 0}

/** Whose load is counted, and what is too much. Of the limits 0 is none. */
typedef struct headrope_load_options {
  uint32_t struct_size;
  int32_t day; /**< 0: that of the snapshot */
  headrope_language language;
  int32_t reserved; /**< 0 */
  int64_t leads_max;
  int64_t cooperations_max;
  int64_t posts_max;
  int64_t liaisons_max;
  int64_t contact_points_max;
  int64_t total_max;
} headrope_load_options;
#define HEADROPE_LOAD_OPTIONS_INIT \
  {sizeof(headrope_load_options), 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** Which cases are run, and how. */
typedef struct headrope_cases_options {
  uint32_t struct_size;
  int32_t thread_count;       /**< 0 and 1: the caller's thread; 64 at most */
  int32_t only_lists;         /**< 1: cases are listed, not run */
  headrope_language language; /**< of the titles */
  headrope_text filter;       /**< only cases whose id or file contains it */
} headrope_cases_options;
#define HEADROPE_CASES_OPTIONS_INIT \
  {sizeof(headrope_cases_options), 0, 0, 0, {0, 0}}

/** How many subjects have which status. */
typedef struct headrope_counts {
  uint32_t struct_size;
  int32_t reserved;
  int64_t eligible; /**< met, unmet, pending or not evaluable */
  int64_t met;
  int64_t unmet;
  int64_t pending;
  int64_t exempt;
  int64_t not_applicable;
  int64_t not_in_force;
  int64_t not_evaluable;
} headrope_counts;
#define HEADROPE_COUNTS_INIT \
  {sizeof(headrope_counts), 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** The hardest threshold that a wished part of some subjects reaches. */
typedef struct headrope_threshold {
  uint32_t struct_size;
  int32_t is_reached;  /**< 0: there is none, and only the last two are told */
  int64_t numerator;   /**< of the threshold, a value that a subject has */
  int64_t denominator; /**< of the threshold, above 0 */
  int64_t met;         /**< subjects that reach it */
  int64_t tied;        /**< of these, those with exactly this value */
  int64_t known;       /**< subjects with a value */
  int64_t unknown;     /**< subjects that are asked for one and have none */
} headrope_threshold;
#define HEADROPE_THRESHOLD_INIT \
  {sizeof(headrope_threshold), 0, 0, 0, 0, 0, 0, 0}

/** A column of a table. */
typedef struct headrope_column {
  uint32_t struct_size;
  headrope_column_type type;
  int32_t decimals;    /**< of a decimal */
  int32_t has_missing; /**< 1 if a value may be missing */
  headrope_text name;  /**< for machines, such as `not_evaluable` */
} headrope_column;
#define HEADROPE_COLUMN_INIT {sizeof(headrope_column), 0, 0, 0, {0, 0}}

/* Arrow ---------------------------------------------------------------------
 */

/* The C Data and C Stream Interfaces of Apache Arrow, word for word and under
 * the guards that let every copy of them stand beside each other. */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/** The type of an array, by Arrow's specification. */
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

/** An array, by Arrow's specification. */
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/** A stream of arrays of one schema, by Arrow's specification. */
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/* Version and statuses ------------------------------------------------------
 */

/** Gives the version of the library that is linked, such as `0.1.0`.
 * @ownership Lives as long as the library. @threads Any. */
HEADROPE_API const char* headrope_version(void);

/** Gives the same version as a number, to compare with
 * `HEADROPE_VERSION_NUMBER`. @threads Any. */
HEADROPE_API int32_t headrope_version_number(void);

/** Gives the id of a status, such as `HDR-LOAD-118`, which `docs/errors.md`
 * explains; `HDR-OK` for success, and the id of an internal error for a number
 * that is none. @ownership Lives as long as the library. @threads Any. */
HEADROPE_API const char* headrope_status_id(headrope_status status);

/** Says in a few English words what a status means.
 * @ownership Lives as long as the library. @threads Any. */
HEADROPE_API const char* headrope_status_title(headrope_status status);

/** Reads a day written `YYYY-MM-DD`, strictly.
 * @param out days since 1970-01-01; the years 1400 to 9999.
 * @returns `VALUE_NOT_A_DATE`; `VALUE_OUT_OF_RANGE`. @threads Any. */
HEADROPE_API headrope_status headrope_date_parse(const char* text, int64_t size,
                                                 int32_t* out,
                                                 headrope_error* error);

/** Writes a day as `YYYY-MM-DD`; an open end as `..`.
 * @param buffer room for `capacity` bytes; may be NULL if that is 0. No zero
 *   byte is written.
 * @param out how many bytes the text has, also if there is no room for it.
 * @returns `INVALID_ARGUMENT` for a day outside the years 1400 to 9999;
 *   `BUFFER_TOO_SMALL`. @threads Any. */
HEADROPE_API headrope_status headrope_date_write(int32_t day, char* buffer,
                                                 int64_t capacity, int64_t* out,
                                                 headrope_error* error);

/* Each struct as its INIT macro makes it, for hosts without macros. @threads
 * Any. */

/** Empties an error. */
HEADROPE_API void headrope_error_init(headrope_error* error);
/** Sets limits to their defaults. */
HEADROPE_API void headrope_limits_init(headrope_limits* limits);
/** Sets the options of a registry to their defaults. */
HEADROPE_API void headrope_registry_options_init(
    headrope_registry_options* options);
/** Sets a source to nothing. */
HEADROPE_API void headrope_source_init(headrope_source* source);
/** Sets the options of freezing to their defaults. */
HEADROPE_API void headrope_freeze_options_init(
    headrope_freeze_options* options);
/** Sets the options of saving to their defaults. */
HEADROPE_API void headrope_save_options_init(headrope_save_options* options);
/** Sets the options of opening to their defaults. */
HEADROPE_API void headrope_open_options_init(headrope_open_options* options);
/** Sets a tally to a count of no measures. */
HEADROPE_API void headrope_tally_init(headrope_tally* tally);
/** Sets a question to its defaults. */
HEADROPE_API void headrope_question_init(headrope_question* question);
/** Sets the options of a search for gaps to their defaults. */
HEADROPE_API void headrope_gaps_options_init(headrope_gaps_options* options);
/** Sets the options of a chain to their defaults. */
HEADROPE_API void headrope_chain_options_init(headrope_chain_options* options);
/** Sets the options of a count of load to their defaults. */
HEADROPE_API void headrope_load_options_init(headrope_load_options* options);
/** Sets the options of cases to their defaults. */
HEADROPE_API void headrope_cases_options_init(headrope_cases_options* options);
/** Sets counts to zero. */
HEADROPE_API void headrope_counts_init(headrope_counts* counts);
/** Sets a threshold to nothing. */
HEADROPE_API void headrope_threshold_init(headrope_threshold* threshold);
/** Sets the description of a column to nothing. */
HEADROPE_API void headrope_column_init(headrope_column* column);

/* Findings ------------------------------------------------------------------
 */

/** Makes an empty list of findings. Functions that take one add to it.
 * @param findings_max how many are kept, 0: 1,000; all are counted.
 * @ownership `out` is the caller's, for `headrope_findings_free`.
 * @threads Any. */
HEADROPE_API headrope_status headrope_findings_new(int64_t findings_max,
                                                   headrope_findings** out,
                                                   headrope_error* error);

/** Gives findings back. @threads One. */
HEADROPE_API void headrope_findings_free(headrope_findings* findings);

/** Counts the errors, kept or not; 0 for NULL. @threads One. */
HEADROPE_API int64_t
headrope_findings_error_count(const headrope_findings* findings);

/** Counts the warnings, kept or not; 0 for NULL. @threads One. */
HEADROPE_API int64_t
headrope_findings_warning_count(const headrope_findings* findings);

/** Lists the findings that were kept: `id`, `severity`, `file`, `row`,
 * `column`, `value`, `message`. @ownership `out` is a copy, the caller's.
 * @threads One. @complexity O(findings). */
HEADROPE_API headrope_status
headrope_findings_table(const headrope_findings* findings, headrope_table** out,
                        headrope_error* error);

/* Registry ------------------------------------------------------------------
 */

/** Makes an empty registry.
 * @ownership `out` is the caller's, for `headrope_registry_free`.
 * @threads Any. */
HEADROPE_API headrope_status
headrope_registry_new(const headrope_registry_options* options,
                      headrope_registry** out, headrope_error* error);

/** Gives a registry back; snapshots of it live on. @threads One. */
HEADROPE_API void headrope_registry_free(headrope_registry* registry);

/** Loads the data package in a folder, all or nothing
 * (docs/formats/data-package.md). Only regular files inside the folder are
 * read, and no link is followed.
 * @param folder its path, as the system writes it.
 * @param findings takes all that was found, warnings too.
 * @returns the status of the first error, whose place is in `error`;
 *   `CANCELLED`; and those of docs/errors.md, *Loading* and *The model*.
 * @ownership `out` is the caller's. @threads Any.
 * @complexity O(bytes); a few MiB beside the registry. */
HEADROPE_API headrope_status headrope_registry_load(
    const char* folder, int64_t size, const headrope_registry_options* options,
    headrope_findings* findings, headrope_registry** out,
    headrope_error* error);

/** Loads a data package from memory, like one in a folder.
 * @param files its files, `datapackage.json` among them; not kept.
 * @param count how many, 0 or more.
 * @ownership As `headrope_registry_load`. @threads Any. */
HEADROPE_API headrope_status headrope_registry_load_memory(
    const headrope_file* files, int64_t count,
    const headrope_registry_options* options, headrope_findings* findings,
    headrope_registry** out, headrope_error* error);

/** Loads a data package through the caller's functions, like one in a folder.
 * @param source how files are opened and read; not kept.
 * @returns `FILE_UNREADABLE` where a function says so.
 * @ownership As `headrope_registry_load`. @threads Any. */
HEADROPE_API headrope_status headrope_registry_load_source(
    const headrope_source* source, const headrope_registry_options* options,
    headrope_findings* findings, headrope_registry** out,
    headrope_error* error);

/** Adds a row to a table of the data package format, such as `units`.
 *
 * Values are texts as in the format: `2013-01-01`, `12.5`, `true`; empty is no
 * value. What a row names must be there already, so tables are filled in the
 * order of the format. `headrope_registry_check` compares rows.
 * @param table the name of the table.
 * @param columns names of columns, each at most once; others have no value.
 * @param values their values, one for each column.
 * @param count how many columns, 0 or more.
 * @returns `TABLE_UNKNOWN`, `COLUMN_UNKNOWN`, `COLUMN_REPEATED`,
 *   `TEXT_NOT_UTF8`, `FIELD_TOO_LONG`; else that of the first error in the row,
 *   whose column is in `error`.
 * @ownership Texts are copied. @threads One. @complexity O(count). */
HEADROPE_API headrope_status headrope_registry_add_row(
    headrope_registry* registry, const char* table, int64_t size,
    const headrope_text* columns, const headrope_text* values, int64_t count,
    headrope_error* error);

/** Adds all rows of an Arrow stream to a table of the format, all or none.
 *
 * Columns are found by name; one that the table lacks is a warning. Columns may
 * be utf8, large utf8, utf8 views, integers, floating-point numbers, booleans,
 * date32, date64 and timestamps without a time zone that begin a day,
 * dictionaries of those, and null. The stream is not trusted: lengths, offsets
 * and texts are checked before they are used.
 * @param out how many rows were added.
 * @returns `FORMAT_UNSUPPORTED` for another type; `COLUMN_MISSING`;
 *   `INVALID_ARGUMENT` for data that breaks Arrow's rules, and for a stream
 *   that is released; `FILE_UNREADABLE` if the stream itself fails;
 *   `CANCELLED`; else as `headrope_registry_add_row`, with the row of the
 *   stream, from 1, in `error`.
 * @ownership The stream stays the caller's to release; it is used up.
 * @threads One. @complexity O(bytes). */
HEADROPE_API headrope_status headrope_registry_add_stream(
    headrope_registry* registry, const char* table, int64_t size,
    struct ArrowArrayStream* stream, headrope_findings* findings, int64_t* out,
    headrope_error* error);

/** Checks all rows together, and the hierarchies over all days.
 * @returns the status of the first error; success if there are only warnings.
 * @threads One. @complexity O(rows). */
HEADROPE_API headrope_status
headrope_registry_check(const headrope_registry* registry,
                        headrope_findings* findings, headrope_error* error);

/** Counts the rows of a table of the format. @returns `TABLE_UNKNOWN`.
 * @threads One. @complexity O(1). */
HEADROPE_API headrope_status headrope_registry_row_count(
    const headrope_registry* registry, const char* table, int64_t size,
    int64_t* out, headrope_error* error);

/** Adds the duties that a pack gives out: who leads them, for whom, and what
 * they need. A holder whose name is not found is a warning.
 * @returns the status of the first error; then nothing was added.
 * @threads One. @complexity O(duties + units). */
HEADROPE_API headrope_status headrope_registry_add_duties(
    headrope_registry* registry, const headrope_pack* pack,
    headrope_findings* findings, headrope_error* error);

/** Freezes a registry as of a day.
 * @param as_of the day whose structure is frozen.
 * @returns the status of the first error: `CYCLE`, `ORPHAN`, `DEPTH_EXCEEDED`
 *   and others of docs/errors.md, *Freezing*; `CANCELLED`;
 *   `INVALID_ARGUMENT` if `as_of` is no day.
 * @ownership `out` is the caller's, for `headrope_snapshot_release`. It does
 *   not need the registry.
 * @threads One: rows may not be added meanwhile.
 * @complexity O(rows + units log units). */
HEADROPE_API headrope_status headrope_registry_freeze(
    const headrope_registry* registry, int32_t as_of,
    const headrope_freeze_options* options, headrope_findings* findings,
    headrope_snapshot** out, headrope_error* error);

/* Snapshot ------------------------------------------------------------------
 */

/** Takes another hold of a snapshot; each is to be released.
 * @returns the snapshot; NULL for NULL. @threads Any. */
HEADROPE_API headrope_snapshot* headrope_snapshot_retain(
    headrope_snapshot* snapshot);

/** Lets a hold of a snapshot go; with the last one it ends, unless answers of
 * it live on. @threads Any. */
HEADROPE_API void headrope_snapshot_release(headrope_snapshot* snapshot);

/** Gives the day that was frozen; 0 for NULL. @threads Any. */
HEADROPE_API int32_t headrope_snapshot_as_of(const headrope_snapshot* snapshot);

/** Counts the living units, the persons, kinds … of a snapshot.
 * @returns `INVALID_ARGUMENT` for an object that is none. @threads Any. */
HEADROPE_API headrope_status headrope_snapshot_count(
    const headrope_snapshot* snapshot, headrope_object object, int64_t* out,
    headrope_error* error);

/** Finds a unit, person, hierarchy … by the user's own identity.
 * @param out its number; `HEADROPE_NONE` if there is none, or it is a unit that
 *   does not live on the day: that is no error.
 * @threads Any. @complexity O(log n) for units and persons, else O(n). */
HEADROPE_API headrope_status headrope_snapshot_find(
    const headrope_snapshot* snapshot, headrope_object object,
    const char* identity, int64_t size, int64_t* out, headrope_error* error);

/** Gives the user's own identity of a unit, person, hierarchy …
 * @returns `INVALID_ARGUMENT` for a number that is none.
 * @ownership `out` lives as long as the snapshot. @threads Any. */
HEADROPE_API headrope_status headrope_snapshot_identity(
    const headrope_snapshot* snapshot, headrope_object object, int64_t number,
    headrope_text* out, headrope_error* error);

/** Gives the name for people: of a unit its own on the day, of a kind,
 * hierarchy, measure or role its label in a language; empty if it has none.
 * @returns `INVALID_ARGUMENT`. @ownership As `headrope_snapshot_identity`.
 * @threads Any. */
HEADROPE_API headrope_status headrope_snapshot_name(
    const headrope_snapshot* snapshot, headrope_object object, int64_t number,
    headrope_language language, headrope_text* out, headrope_error* error);

/** Gives the kind of a unit on the day. @returns `INVALID_ARGUMENT`.
 * @threads Any. */
HEADROPE_API headrope_status
headrope_snapshot_kind(const headrope_snapshot* snapshot, int64_t unit,
                       int64_t* out, headrope_error* error);

/** Gives the unit above a unit in a hierarchy; of several the first.
 * @param out `HEADROPE_NONE` for a root, and for a unit outside the hierarchy.
 * @returns `INVALID_ARGUMENT`. @threads Any. */
HEADROPE_API headrope_status
headrope_snapshot_parent(const headrope_snapshot* snapshot, int64_t hierarchy,
                         int64_t unit, int64_t* out, headrope_error* error);

/** Gives the units right below a unit in a hierarchy, in the order of their
 * identities; the roots for `HEADROPE_NONE`.
 * @param buffer room for `capacity` units; may be NULL if that is 0.
 * @param out how many there are, also if there is no room for them.
 * @returns `BUFFER_TOO_SMALL`; `INVALID_ARGUMENT`. @threads Any.
 * @complexity O(children). */
HEADROPE_API headrope_status headrope_snapshot_children(
    const headrope_snapshot* snapshot, int64_t hierarchy, int64_t unit,
    int64_t* buffer, int64_t capacity, int64_t* out, headrope_error* error);

/** Gives the members of a unit on the day, by number. Parameters and statuses
 * as `headrope_snapshot_children`. @threads Any. @complexity O(members). */
HEADROPE_API headrope_status headrope_snapshot_members(
    const headrope_snapshot* snapshot, int64_t unit, headrope_standing standing,
    int64_t* buffer, int64_t capacity, int64_t* out, headrope_error* error);

/** Gives the value of an attribute of a unit, person or post on the day; empty
 * if it has none. @returns `INVALID_ARGUMENT`.
 * @ownership As `headrope_snapshot_identity`. @threads Any. */
HEADROPE_API headrope_status headrope_snapshot_attribute(
    const headrope_snapshot* snapshot, headrope_object object, int64_t number,
    int64_t attribute, headrope_text* out, headrope_error* error);

/** Counts the different members at and below every unit of a hierarchy.
 * @param top the unit from which the table goes down; `HEADROPE_NONE`: all.
 * @param levels how many levels below it; `HEADROPE_ALL_LEVELS`.
 * @returns `INVALID_ARGUMENT`; `HIERARCHY_UNKNOWN` for a hierarchy without
 *   places on the day; `NOT_FOUND` for a top outside it.
 * @ownership `out` is the caller's. @threads Any.
 * @complexity O(places + memberships × depth). */
HEADROPE_API headrope_status headrope_snapshot_member_table(
    const headrope_snapshot* snapshot, int64_t hierarchy, int64_t top,
    int32_t levels, headrope_basis basis, headrope_table** out,
    headrope_error* error);

/** Counts attendance at the records of the measures of a tally in its days, at
 * every unit of a hierarchy that has any. Other members of the tally are not
 * read. Parameters, statuses and ownership as `headrope_snapshot_member_table`.
 * @threads Any. @complexity O(marks + places). */
HEADROPE_API headrope_status headrope_snapshot_attendance_table(
    const headrope_snapshot* snapshot, const headrope_tally* tally,
    int64_t hierarchy, int64_t top, int32_t levels, headrope_table** out,
    headrope_error* error);

/* Saving and opening --------------------------------------------------------
 */

/** Saves a snapshot as a freeze file, under another name first, so that `path`
 * is there whole or not at all. The same snapshot gives the same bytes.
 * @returns `FILE_UNWRITABLE`; `INVALID_ARGUMENT` for a figure of another
 *   snapshot or without a name of its own; `REDUCTION_REFUSED` for one that may
 *   not be added over units; `CANCELLED`; `FILE_DAMAGED` of a
 *   snapshot that was opened itself. @threads Any. @complexity O(bytes). */
HEADROPE_API headrope_status headrope_snapshot_save(
    const headrope_snapshot* snapshot, const char* path, int64_t size,
    const headrope_save_options* options, headrope_error* error);

/** Opens a freeze file, by a map into memory. Nothing in it is trusted. It must
 * not be written or cut meanwhile (a new file of the same name is no harm),
 * unless it is read `into_memory`. With `HEADROPE_VERIFY_AS_NEEDED` every
 * function of the snapshot and its answers may give `FILE_DAMAGED` later.
 * @returns `FILE_UNREADABLE`; `FILE_DAMAGED`; `FORMAT_UNSUPPORTED`;
 *   `CANCELLED`; `INVALID_ARGUMENT`.
 * @ownership `out` is the caller's, for `headrope_snapshot_release`.
 * @threads Any. @complexity O(bytes), or O(columns) as needed. */
HEADROPE_API headrope_status headrope_snapshot_open(
    const char* path, int64_t size, const headrope_open_options* options,
    headrope_snapshot** out, headrope_error* error);

/** Counts the figures that lie beside an opened snapshot; 0 for NULL.
 * @threads Any. */
HEADROPE_API int64_t
headrope_snapshot_figure_count(const headrope_snapshot* snapshot);

/** Gives the name of a figure beside a snapshot.
 * @returns `INVALID_ARGUMENT` for a number that is none.
 * @ownership As `headrope_snapshot_identity`. @threads Any. */
HEADROPE_API headrope_status
headrope_snapshot_figure_name(const headrope_snapshot* snapshot, int64_t number,
                              headrope_text* out, headrope_error* error);

/** Takes a figure that lies beside a snapshot.
 * @returns `INVALID_ARGUMENT` for a number that is none; `FILE_DAMAGED`.
 * @ownership As `headrope_figures_new`. @threads Any. @complexity O(units). */
HEADROPE_API headrope_status
headrope_figures_saved(const headrope_snapshot* snapshot, int64_t number,
                       headrope_figures** out, headrope_error* error);

/* Figures -------------------------------------------------------------------
 */

/** Takes the caller's own figures, one for each unit.
 * @param values by unit, copied.
 * @param count must be the number of units; else `INVALID_ARGUMENT`.
 * @ownership `out` is the caller's, for `headrope_figures_free`.
 * @threads Any. */
HEADROPE_API headrope_status headrope_figures_new(
    const headrope_snapshot* snapshot, const int64_t* values, int64_t count,
    headrope_figures** out, headrope_error* error);

/** Tallies the records of each unit, up to the day of the snapshot. A unit
 * without records has the count, sum or number of days 0; its last, least and
 * greatest value are unknown. Figures that may not be added over units (a last
 * value of a ratio, records credited from above) can be asked one by one.
 * @returns `INVALID_ARGUMENT`; `RULE_INVALID` without measures;
 *   `REDUCTION_REFUSED` where the nature of a measure does not allow it;
 *   `SUM_OVERFLOW`. @ownership As `headrope_figures_new`. @threads Any.
 * @complexity O(units + records of the measures). */
HEADROPE_API headrope_status headrope_figures_tally(
    const headrope_snapshot* snapshot, const headrope_tally* tally,
    headrope_figures** out, headrope_error* error);

/** Counts units: 1 for each living unit of one of the kinds or of a narrower
 * one; of any kind if none is given.
 * @returns `INVALID_ARGUMENT`. @ownership As `headrope_figures_new`.
 * @threads Any. @complexity O(units × kinds). */
HEADROPE_API headrope_status headrope_figures_count_units(
    const headrope_snapshot* snapshot, const int64_t* kinds, int64_t count,
    headrope_figures** out, headrope_error* error);

/** Gives figures back. @threads One. */
HEADROPE_API void headrope_figures_free(headrope_figures* figures);

/** Gives the figure of one unit alone.
 * @param out in the measure's fixed-point units.
 * @param is_known 0 if there is none: unknown, which is not zero.
 * @returns `INVALID_ARGUMENT`. @threads Any. @complexity O(1). */
HEADROPE_API headrope_status
headrope_figures_at(const headrope_figures* figures, int64_t unit, int64_t* out,
                    int32_t* is_known, headrope_error* error);

/** Gives what was counted or summed in records of units that do not live on the
 * day; 0 for other reductions, and for NULL. @threads Any. */
HEADROPE_API int64_t headrope_figures_unplaced(const headrope_figures* figures);

/** Adds figures up along a hierarchy: `unit`, `parent`, `name`, `kind`, `own`
 * and `sum` of each place. Parameters and statuses as
 * `headrope_snapshot_member_table`, and `SUM_OVERFLOW`; `REDUCTION_REFUSED`
 * for figures that may not be added over units.
 * @param thread_count 0 and 1: the caller's thread; 64 at most.
 * @ownership `out` is the caller's. @threads Any. @complexity O(places). */
HEADROPE_API headrope_status
headrope_figures_roll_up(const headrope_figures* figures, int64_t hierarchy,
                         int64_t top, int32_t levels, int32_t thread_count,
                         headrope_table** out, headrope_error* error);

/** Prepares the sums of a hierarchy, so that each is then one subtraction.
 * @returns `INVALID_ARGUMENT`; `HIERARCHY_UNKNOWN`; `SUM_OVERFLOW`;
 *   `REDUCTION_REFUSED`. @ownership `out` is the caller's, for
 *   `headrope_sums_free`.
 * @threads Any. @complexity O(places). */
HEADROPE_API headrope_status headrope_sums_new(const headrope_figures* figures,
                                               int64_t hierarchy,
                                               headrope_sums** out,
                                               headrope_error* error);

/** Gives sums back. @threads One. */
HEADROPE_API void headrope_sums_free(headrope_sums* sums);

/** Gives the sum at and below a unit; 0 for one outside the hierarchy.
 * @returns `INVALID_ARGUMENT`. @threads Any. @complexity O(1): some
 * nanoseconds. */
HEADROPE_API headrope_status headrope_sums_at(const headrope_sums* sums,
                                              int64_t unit, int64_t* out,
                                              headrope_error* error);

/* Packs ---------------------------------------------------------------------
 */

/** Loads a pack from a YAML file (docs/formats/rule-pack.md). The pack that an
 * overlay stands on is looked for in the same folder.
 * @param registry whose vocabulary the pack may use; not kept.
 * @returns the status of the first error, with its line and column; those of
 *   docs/errors.md, *Rules*.
 * @ownership `out` is the caller's, for `headrope_pack_free`.
 * @threads One, for the registry. @complexity O(bytes). */
HEADROPE_API headrope_status headrope_pack_load(
    const headrope_registry* registry, const char* path, int64_t size,
    headrope_findings* findings, headrope_pack** out, headrope_error* error);

/** Reads a pack from a text.
 * @param name what findings call the text.
 * @param bases packs that it may stand on, if it is an overlay.
 * @param base_count how many, 0 or more.
 * @returns, @ownership and @threads as `headrope_pack_load`. */
HEADROPE_API headrope_status headrope_pack_parse(
    const headrope_registry* registry, const char* text, int64_t size,
    const char* name, int64_t name_size, const headrope_pack* const* bases,
    int64_t base_count, headrope_findings* findings, headrope_pack** out,
    headrope_error* error);

/** Makes the pack in which a parameter has another value from a day on.
 * @param numerator of the value.
 * @param denominator of the value, above 0.
 * @returns `PARAMETER_UNKNOWN`; `OVERLAY_TOO_EARLY`; `INVALID_ARGUMENT`.
 * @ownership `out` is the caller's; it does not need `pack`. @threads Any. */
HEADROPE_API headrope_status headrope_pack_with_parameter(
    const headrope_pack* pack, const char* parameter, int64_t size,
    int64_t numerator, int64_t denominator, int32_t valid_from,
    headrope_pack** out, headrope_error* error);

/** Gives a pack back; answers that came from it live on. @threads One. */
HEADROPE_API void headrope_pack_free(headrope_pack* pack);

/** Gives the pack's own id. @ownership `out` lives as long as the pack.
 * @threads Any. */
HEADROPE_API headrope_status headrope_pack_id(const headrope_pack* pack,
                                              headrope_text* out,
                                              headrope_error* error);

/** Gives the days on which the pack is in force. @threads Any. */
HEADROPE_API headrope_status headrope_pack_in_force(const headrope_pack* pack,
                                                    int32_t* valid_from,
                                                    int32_t* valid_until,
                                                    headrope_error* error);

/** Counts the rules; 0 for NULL. @threads Any. */
HEADROPE_API int64_t headrope_pack_rule_count(const headrope_pack* pack);

/** Finds a rule by its id.
 * @param out its position; `HEADROPE_NONE` if there is none. @threads Any. */
HEADROPE_API headrope_status headrope_pack_find_rule(const headrope_pack* pack,
                                                     const char* rule,
                                                     int64_t size, int64_t* out,
                                                     headrope_error* error);

/** Gives the id of the rule at a position. @returns `INVALID_ARGUMENT`.
 * @ownership `out` lives as long as the pack. @threads Any. */
HEADROPE_API headrope_status headrope_pack_rule_id(const headrope_pack* pack,
                                                   int64_t rule,
                                                   headrope_text* out,
                                                   headrope_error* error);

/** Gives the rules of a pack, its parameters, duties or changes, or the audit
 * of its figures.
 * @param day for parameters: the day on which they hold; else not read.
 * @returns `INVALID_ARGUMENT`. @ownership `out` is the caller's.
 * @threads Any. */
HEADROPE_API headrope_status headrope_pack_table(
    const headrope_pack* pack, headrope_pack_part part, int32_t day,
    headrope_language language, headrope_table** out, headrope_error* error);

/* Answers of packs ----------------------------------------------------------
 */

/** Assesses rules of a pack for all their subjects.
 * @param rules positions in the pack.
 * @param rule_count 0: all rules.
 * @returns `KIND_UNKNOWN`, `MEASURE_UNKNOWN`, `ROLE_UNKNOWN`,
 *   `HIERARCHY_UNKNOWN` for a name that the snapshot does not have;
 *   `WINDOW_INVALID`; `SUM_OVERFLOW`; `LIMIT_EXCEEDED`; `INVALID_ARGUMENT`.
 * @ownership `out` is the caller's, for `headrope_assessment_free`.
 * @threads Any. @complexity O(subjects × windows × items looked at). */
HEADROPE_API headrope_status headrope_assessment_new(
    const headrope_snapshot* snapshot, const headrope_pack* pack,
    const int64_t* rules, int64_t rule_count, const headrope_question* options,
    headrope_assessment** out, headrope_error* error);

/** Gives an assessment back. @threads One. */
HEADROPE_API void headrope_assessment_free(headrope_assessment* assessment);

/** Gives status, value, threshold and margin of each subject in each window.
 * @ownership `out` is the caller's. @threads Any. @complexity O(cells). */
HEADROPE_API headrope_status
headrope_assessment_table(const headrope_assessment* assessment,
                          headrope_table** out, headrope_error* error);

/** Gives each rule with the counts of its subjects by status.
 * @returns `INVALID_ARGUMENT`. @ownership `out` is the caller's.
 * @threads Any. */
HEADROPE_API headrope_status headrope_assessment_summary(
    const headrope_assessment* assessment, headrope_language language,
    headrope_table** out, headrope_error* error);

/** Counts subjects by status; of several rules, a subject meets them if it
 * meets all that speak of it.
 * @param out the caller's, with `struct_size` set.
 * @returns `INVALID_ARGUMENT` for rules of different kinds of subject.
 * @threads Any. @complexity O(subjects). */
HEADROPE_API headrope_status
headrope_assessment_counts(const headrope_assessment* assessment,
                           headrope_counts* out, headrope_error* error);

/** Counts subjects by status in groups.
 * @param hierarchy of `HEADROPE_GROUP_BY_LEVEL`, else not read.
 * @param attribute of `HEADROPE_GROUP_BY_ATTRIBUTE`, else not read.
 * @returns As `headrope_assessment_counts`; `HIERARCHY_UNKNOWN`; `NOT_FOUND`.
 * @ownership `out` is the caller's. @threads Any. */
HEADROPE_API headrope_status headrope_assessment_groups(
    const headrope_assessment* assessment, headrope_grouping grouping,
    int64_t hierarchy, const char* attribute, int64_t size,
    headrope_table** out, headrope_error* error);

/** Gives the coverage at every threshold, of an assessment of one rule.
 * @returns `RULE_INVALID` for a rule that does not compare one amount;
 *   `INVALID_ARGUMENT` for several rules. @ownership `out` is the caller's.
 * @threads Any. @complexity O(subjects log subjects). */
HEADROPE_API headrope_status
headrope_assessment_spectrum(const headrope_assessment* assessment,
                             headrope_table** out, headrope_error* error);

/** Rolls an assessment up along a hierarchy; of several rules as
 * `headrope_assessment_counts`.
 * @param thread_count 0 and 1: the caller's thread; 64 at most.
 * @returns `INVALID_ARGUMENT`; `HIERARCHY_UNKNOWN`.
 * @ownership `out` is the caller's, for `headrope_coverage_free`.
 * @threads Any. @complexity O(places), for persons O(memberships × depth). */
HEADROPE_API headrope_status
headrope_coverage_new(const headrope_assessment* assessment, int64_t hierarchy,
                      headrope_basis basis, int32_t thread_count,
                      headrope_coverage** out, headrope_error* error);

/** Gives coverage back. @threads One. */
HEADROPE_API void headrope_coverage_free(headrope_coverage* coverage);

/** Gives the counts at and below each unit, and the rate. Parameters and
 * statuses as `headrope_snapshot_member_table`. @ownership `out` is the
 * caller's. @threads Any. @complexity O(places). */
HEADROPE_API headrope_status headrope_coverage_table(
    const headrope_coverage* coverage, int64_t top, int32_t levels,
    headrope_table** out, headrope_error* error);

/** Gives the counts at and below one unit; those of subjects outside the
 * hierarchy for `HEADROPE_NONE`.
 * @param out the caller's, with `struct_size` set.
 * @returns `INVALID_ARGUMENT`; `NOT_FOUND` for a unit outside the hierarchy.
 * @threads Any. @complexity O(1). */
HEADROPE_API headrope_status
headrope_coverage_at(const headrope_coverage* coverage, int64_t unit,
                     headrope_counts* out, headrope_error* error);

/** Explains why a rule has its status for a subject.
 * @param rule position in the pack.
 * @param subject the user's own identity.
 * @returns As `headrope_assessment_new`; `NOT_FOUND` if it is no subject of the
 *   rule. @ownership `out` is the caller's, for `headrope_explanation_free`.
 * @threads Any. */
HEADROPE_API headrope_status headrope_explanation_new(
    const headrope_snapshot* snapshot, const headrope_pack* pack, int64_t rule,
    const char* subject, int64_t size, const headrope_question* options,
    headrope_explanation** out, headrope_error* error);

/** Gives an explanation back. @threads One. */
HEADROPE_API void headrope_explanation_free(headrope_explanation* explanation);

/** Gives the status that is explained, over all windows. @threads Any. */
HEADROPE_API headrope_status
headrope_explanation_status(const headrope_explanation* explanation,
                            headrope_rule_status* out, headrope_error* error);

/** Gives the explanation in one sentence. @returns `INVALID_ARGUMENT`.
 * @ownership `out` lives as long as the explanation. @threads Any. */
HEADROPE_API headrope_status headrope_explanation_sentence(
    const headrope_explanation* explanation, headrope_language language,
    headrope_text* out, headrope_error* error);

/** Gives the explanation as a table: a row for each step and each item.
 * @returns `INVALID_ARGUMENT`. @ownership `out` is the caller's.
 * @threads Any. */
HEADROPE_API headrope_status headrope_explanation_table(
    const headrope_explanation* explanation, headrope_language language,
    headrope_table** out, headrope_error* error);

/** Writes the explanation as one JSON object: sentence, windows, steps, items.
 * @returns `CANCELLED` if `write` wants no more. @threads Any. */
HEADROPE_API headrope_status headrope_explanation_write_json(
    const headrope_explanation* explanation, headrope_write write,
    void* user_data, headrope_error* error);

/** Compares two packs on one snapshot, rule by rule.
 * @returns As `headrope_assessment_new`.
 * @ownership `out` is the caller's, for `headrope_comparison_free`.
 * @threads Any. @complexity Twice that of an assessment. */
HEADROPE_API headrope_status headrope_comparison_new(
    const headrope_snapshot* snapshot, const headrope_pack* before,
    const headrope_pack* after, const headrope_question* options,
    headrope_comparison** out, headrope_error* error);

/** Gives a comparison back. @threads One. */
HEADROPE_API void headrope_comparison_free(headrope_comparison* comparison);

/** Gives each subject whose status changes. @ownership `out` is the caller's.
 * @threads Any. */
HEADROPE_API headrope_status
headrope_comparison_table(const headrope_comparison* comparison,
                          headrope_table** out, headrope_error* error);

/** Gives the counts of each rule before and after. @ownership `out` is the
 * caller's. @threads Any. */
HEADROPE_API headrope_status
headrope_comparison_summary(const headrope_comparison* comparison,
                            headrope_table** out, headrope_error* error);

/* Sets of persons -----------------------------------------------------------
 */

/** Gives the members of a unit and of all units below it, by any path.
 * @param basis `HEADROPE_BASIS_PRIMARY` or `HEADROPE_BASIS_ANY`.
 * @param thread_count 0 and 1: the caller's thread; 64 at most.
 * @returns `INVALID_ARGUMENT`, also for `HEADROPE_BASIS_EVERY`, which counts
 *   memberships; `HIERARCHY_UNKNOWN`; `NOT_FOUND` for a unit outside the
 *   hierarchy. @ownership `out` is the caller's, for `headrope_persons_free`.
 * @threads Any. @complexity O(persons / 64 + memberships below). */
HEADROPE_API headrope_status
headrope_persons_below(const headrope_snapshot* snapshot, int64_t hierarchy,
                       int64_t unit, headrope_basis basis, int32_t thread_count,
                       headrope_persons** out, headrope_error* error);

/** Gives the persons who have a status under an assessment; of several rules as
 * `headrope_assessment_counts`.
 * @returns `INVALID_ARGUMENT`, also for an assessment of other subjects than
 *   persons. @ownership As `headrope_persons_below`. @threads Any.
 * @complexity O(cells). */
HEADROPE_API headrope_status headrope_persons_with_status(
    const headrope_assessment* assessment, headrope_rule_status status,
    headrope_persons** out, headrope_error* error);

/** Makes a set of two of one snapshot, which stay as they are.
 * @returns `INVALID_ARGUMENT`, also for sets of different snapshots.
 * @ownership As `headrope_persons_below`. @threads Any.
 * @complexity O(persons / 64). */
HEADROPE_API headrope_status headrope_persons_combine(
    const headrope_persons* left, const headrope_persons* right,
    headrope_set_operation operation, headrope_persons** out,
    headrope_error* error);

/** Gives a set of persons back. @threads One. */
HEADROPE_API void headrope_persons_free(headrope_persons* persons);

/** Counts the persons; 0 for NULL. @threads Any. @complexity O(1). */
HEADROPE_API int64_t headrope_persons_count(const headrope_persons* persons);

/** Gives the persons of a set by number, ascending. Parameters and statuses as
 * `headrope_snapshot_children`. @threads Any. @complexity O(persons). */
HEADROPE_API headrope_status
headrope_persons_list(const headrope_persons* persons, int64_t* buffer,
                      int64_t capacity, int64_t* out, headrope_error* error);

/** Gives the persons of a set, by number, with the unit of the formal
 * membership: `person`, `unit`, `name`.
 * @param rows_max so many at most; 0: all.
 * @returns `INVALID_ARGUMENT`. @ownership `out` is the caller's. @threads Any.
 * @complexity O(memberships). */
HEADROPE_API headrope_status
headrope_persons_table(const headrope_persons* persons, int64_t rows_max,
                       headrope_table** out, headrope_error* error);

/** Compares sets of persons of one snapshot, so that their sizes add up to how
 * many different persons there are.
 * @param sets 1 to 16.
 * @param labels what each set is called in table and sentence.
 * @param count of both.
 * @returns `INVALID_ARGUMENT`, also for sets of different snapshots;
 *   `LIMIT_EXCEEDED` for more than 16. @ownership `out` is the caller's, for
 *   `headrope_overlap_free`; it does not need the sets. @threads Any.
 * @complexity O(persons × sets) at most. */
HEADROPE_API headrope_status headrope_overlap_new(
    const headrope_persons* const* sets, const headrope_text* labels,
    int64_t count, headrope_overlap** out, headrope_error* error);

/** Gives an overlap back. @threads One. */
HEADROPE_API void headrope_overlap_free(headrope_overlap* overlap);

/** Gives a row for each combination of sets, smaller ones first: `sets`,
 * `set_count`, `persons` (in all of them), `exactly` (in these only) and
 * `term`: `persons` with the sign with which it counts. The terms add up to the
 * different persons. @ownership `out` is the caller's. @threads Any. */
HEADROPE_API headrope_status
headrope_overlap_table(const headrope_overlap* overlap, headrope_table** out,
                       headrope_error* error);

/** Gives the sum in one line: "party 1,240 + administrative 980 - both 610 =
 * 1,610 different persons". @returns `INVALID_ARGUMENT`.
 * @ownership `out` lives as long as the overlap. @threads Any. */
HEADROPE_API headrope_status headrope_overlap_sentence(
    const headrope_overlap* overlap, headrope_language language,
    headrope_text* out, headrope_error* error);

/* Spectrum at any unit ------------------------------------------------------
 */

/** Indexes figures along a hierarchy, so that every threshold at every unit is
 * answered without a new pass. Units without a figure are kept apart.
 * @returns `INVALID_ARGUMENT`; `HIERARCHY_UNKNOWN`.
 * @ownership `out` is the caller's, for `headrope_spectrum_free`.
 * @threads Any. @complexity O(places × log values + units log units). */
HEADROPE_API headrope_status
headrope_spectrum_new(const headrope_figures* figures, int64_t hierarchy,
                      headrope_spectrum** out, headrope_error* error);

/** Indexes the values of an assessment of one rule, of several windows the
 * hardest of each subject.
 * @param basis how persons are counted.
 * @returns `RULE_INVALID` for a rule that does not compare one amount, or whose
 *   subjects are duties; `INVALID_ARGUMENT`, also for several rules;
 *   `HIERARCHY_UNKNOWN`. @ownership and @threads as `headrope_spectrum_new`. */
HEADROPE_API headrope_status headrope_spectrum_of_assessment(
    const headrope_assessment* assessment, int64_t hierarchy,
    headrope_basis basis, headrope_spectrum** out, headrope_error* error);

/** Gives a spectrum back. @threads One. */
HEADROPE_API void headrope_spectrum_free(headrope_spectrum* spectrum);

/** Counts the subjects at and below a unit whose value stands so to a
 * threshold; 0 for a unit outside the hierarchy.
 * @param numerator of the threshold.
 * @param denominator of the threshold, above 0.
 * @returns `INVALID_ARGUMENT`. @threads Any. @complexity O(log values): some
 *   hundred nanoseconds. */
HEADROPE_API headrope_status headrope_spectrum_count(
    const headrope_spectrum* spectrum, int64_t unit, headrope_comparing test,
    int64_t numerator, int64_t denominator, int64_t* out,
    headrope_error* error);

/** Gives the value of the subject at a position, from 0, in the order of
 * values, among those at and below a unit.
 * @returns `INVALID_ARGUMENT`; `NOT_FOUND` past the last one. @threads Any.
 * @complexity As `headrope_spectrum_count`. */
HEADROPE_API headrope_status headrope_spectrum_value(
    const headrope_spectrum* spectrum, int64_t unit, int64_t rank,
    int64_t* numerator, int64_t* denominator, headrope_error* error);

/** Gives the hardest threshold that at least `part` of `whole` of the subjects
 * with a value reach, exactly; and how many subjects have one.
 * @param test `HEADROPE_COMPARING_AT_LEAST` (the greatest threshold) or
 *   `HEADROPE_COMPARING_AT_MOST` (the smallest).
 * @param part of them that is wished.
 * @param whole above 0.
 * @param out the caller's, with `struct_size` set.
 * @returns `INVALID_ARGUMENT`. @threads Any.
 * @complexity As `headrope_spectrum_count`. */
HEADROPE_API headrope_status headrope_spectrum_threshold(
    const headrope_spectrum* spectrum, int64_t unit, headrope_comparing test,
    int64_t part, int64_t whole, headrope_threshold* out,
    headrope_error* error);

/* Responsibility ----------------------------------------------------------- */

/** Indexes who answers for what in a snapshot.
 * @ownership `out` is the caller's, for `headrope_responsibility_free`.
 * @threads Any. @complexity O(units + rows). */
HEADROPE_API headrope_status headrope_responsibility_new(
    const headrope_snapshot* snapshot, headrope_responsibility** out,
    headrope_error* error);

/** Gives responsibility back. @threads One. */
HEADROPE_API void headrope_responsibility_free(
    headrope_responsibility* responsibility);

/** Gives who answers for a unit: the nearest holders of each duty, with their
 * roles and how they come to it.
 * @param unit `HEADROPE_NONE`: of duties as a whole.
 * @param duty `HEADROPE_NONE`: of every duty.
 * @param day 0: that of the snapshot.
 * @returns `INVALID_ARGUMENT`. @ownership `out` is the caller's.
 * @threads Any. @complexity O(duties × depth). */
HEADROPE_API headrope_status headrope_responsibility_holders(
    const headrope_responsibility* responsibility, int64_t unit, int64_t duty,
    int32_t day, headrope_language language, headrope_table** out,
    headrope_error* error);

/** Gives where responsibility is missing, double, vacant or stale, and since
 * when.
 * @returns `INVALID_ARGUMENT`; `LIMIT_EXCEEDED`; `CANCELLED`. @ownership `out`
 *   is the caller's. @threads Any.
 * @complexity O(duties × units + rows log rows). */
HEADROPE_API headrope_status
headrope_responsibility_gaps(const headrope_responsibility* responsibility,
                             const headrope_gaps_options* options,
                             headrope_table** out, headrope_error* error);

/** Gives where a chain from the roots of a hierarchy to its leaves is broken,
 * by vacant posts of heads, or, for a duty, by a unit without a lead.
 * @param duty `HEADROPE_NONE`: the posts.
 * @param top only at and below this unit; `HEADROPE_NONE`: everywhere.
 * @returns `INVALID_ARGUMENT`; `HIERARCHY_UNKNOWN`; `NOT_FOUND` for a `top`
 *   outside the hierarchy. @ownership `out` is the caller's. @threads Any.
 * @complexity O(places + posts). */
HEADROPE_API headrope_status headrope_responsibility_chain(
    const headrope_responsibility* responsibility, int64_t hierarchy,
    int64_t duty, int64_t top, const headrope_chain_options* options,
    headrope_table** out, headrope_error* error);

/** Gives the persons and units whose loss would break most of a chain, most
 * hanging units first. Parameters and statuses as
 * `headrope_responsibility_chain`.
 * @param count_max so many at most; 0: 100. @ownership `out` is the caller's.
 * @threads Any. @complexity O(places + posts). */
HEADROPE_API headrope_status headrope_responsibility_single_points(
    const headrope_responsibility* responsibility, int64_t hierarchy,
    int64_t duty, int64_t top, const headrope_chain_options* options,
    int64_t count_max, headrope_table** out, headrope_error* error);

/** Gives what each person and unit carries: leads, posts, ties; under `over`
 * what is past a limit.
 * @param line only what lies in this hierarchy; `HEADROPE_NONE`: all.
 * @param top and at or below this unit in it; `HEADROPE_NONE`: everywhere.
 * @returns `INVALID_ARGUMENT`; `HIERARCHY_UNKNOWN`. @ownership `out` is the
 *   caller's. @threads Any. @complexity O(rows log rows). */
HEADROPE_API headrope_status headrope_responsibility_load(
    const headrope_responsibility* responsibility, int64_t line, int64_t top,
    const headrope_load_options* options, headrope_table** out,
    headrope_error* error);

/* Cases ---------------------------------------------------------------------
 */

/** Runs the cases of packs (docs/formats/rule-cases.md): every file
 * `*.cases.yaml` at or below a path, in the order of names. Lists `file`, `row`
 * (the line on which the case begins), `case`, `title`, `pack`, `checked` (how
 * many expectations), `result` (`passed`, `failed`, or nothing where cases are
 * only listed) and `failures` (what came out otherwise, a line for each).
 * @param path of a file or folder, as the system writes it.
 * @param findings takes what is not well formed in case files and packs; the
 *   other files still run.
 * @returns `FILE_UNREADABLE`. A case that fails is no error.
 * @ownership `out` is the caller's. @threads Any. */
HEADROPE_API headrope_status headrope_cases_run(
    const char* path, int64_t size, const headrope_cases_options* options,
    headrope_findings* findings, headrope_table** out, headrope_error* error);

/* Live figures --------------------------------------------------------------
 */

/** Makes figures along a hierarchy that are kept right, change by change, as if
 * the registry had been frozen again (docs/guide/live.md). They are numbered
 * from 0 in the order in which they are asked for. Of the options
 * `thread_count`, `progress` and `user_data` are read.
 * @param figures one or more.
 * @returns `INVALID_ARGUMENT`, also for a rule that looks at more than the
 *   records of a unit; `HIERARCHY_UNKNOWN`; as `headrope_figures_tally` and
 *   `headrope_assessment_new`; `CANCELLED`.
 * @ownership `out` is the caller's, for `headrope_live_free`. Packs and
 *   snapshot may be given back. @threads Any.
 * @complexity That of the same answers of the snapshot. */
HEADROPE_API headrope_status
headrope_live_new(const headrope_snapshot* snapshot, int64_t hierarchy,
                  const headrope_live_figure* figures, int64_t count,
                  const headrope_question* options, headrope_live** out,
                  headrope_error* error);

/** Gives live figures back; their moments live on. @threads One. */
HEADROPE_API void headrope_live_free(headrope_live* live);

/** Gives the number that the next record will get; 0 for NULL. Those of one
 * batch get numbers that follow each other. @threads Any. */
HEADROPE_API int64_t headrope_live_next_record(const headrope_live* live);

/** Gives the number of the last batch of changes, 0 before the first and for
 * NULL. @threads Any. */
HEADROPE_API int64_t headrope_live_sequence(const headrope_live* live);

/** Makes changes, all or none of them; whoever reads sees all or none.
 * @param changes of persons, a number from the snapshot's count on is that of a
 *   person who came since.
 * @param out the number of the batch.
 * @returns `INVALID_ARGUMENT`; `SUBJECT_MISSING`, `VALUE_MISSING`,
 *   `VALUE_OUT_OF_RANGE`, `INTERVAL_REVERSED`; `RECORD_UNKNOWN` for one that
 *   does not stand; `MEMBERSHIPS_OVERLAP`, `PRIMARY_MEMBERSHIPS_OVERLAP`;
 *   `NOT_FOUND` for a leave of no member; `SUM_OVERFLOW`; `LIMIT_EXCEEDED`.
 * @threads One. @complexity O(depth × figures) for each; some microseconds. */
HEADROPE_API headrope_status headrope_live_apply(headrope_live* live,
                                                 const headrope_change* changes,
                                                 int64_t count, int64_t* out,
                                                 headrope_error* error);

/** Makes changes in live figures and in the registry of their snapshot, all or
 * none in both, so that the next freeze knows them. Records get the next
 * numbers of the registry, which must not have been taken by
 * `headrope_live_apply` (`IDENTITY_REPEATED`).
 * @param on the day of the changes, not after that of the snapshot: a record
 *   stands in the books from it on or up to it, and so does a membership hold.
 * @param out the number of the batch.
 * @returns as `headrope_live_apply` and `headrope_registry_add_row`;
 *   `VALUE_OUT_OF_RANGE` for a day after the snapshot's, or on which the
 *   membership that ends had not begun.
 * @threads One, for the registry too. @complexity As `headrope_live_apply`; a
 *   leave looks through the memberships of the registry. */
HEADROPE_API headrope_status headrope_live_apply_to_registry(
    headrope_live* live, headrope_registry* registry,
    const headrope_change* changes, int64_t count, int32_t on, int64_t* out,
    headrope_error* error);

/** Gives the sum, or the number of members, at and below a unit, now.
 * @returns `INVALID_ARGUMENT`, also for a coverage; `NOT_FOUND` for a unit
 *   outside the hierarchy. @threads Any. @complexity O(log units). */
HEADROPE_API headrope_status headrope_live_value(const headrope_live* live,
                                                 int64_t figure, int64_t unit,
                                                 int64_t* out,
                                                 headrope_error* error);

/** Counts the subjects at and below a unit by status, now.
 * @param out its `struct_size` must be set.
 * @returns as `headrope_live_value`, but for a figure that is no coverage;
 *   `STRUCT_UNSUPPORTED`. @threads Any. */
HEADROPE_API headrope_status headrope_live_counts(const headrope_live* live,
                                                  int64_t figure, int64_t unit,
                                                  headrope_counts* out,
                                                  headrope_error* error);

/** Gives the units at and below which figures changed after a batch, up to now,
 * ascending.
 * @param sequence of the batch.
 * @param buffer room for `capacity` units; may be NULL if that is 0.
 * @param out how many there are, also if there is no room for them;
 *   `HEADROPE_NONE` if the batch is too long ago: any may have changed.
 * @returns `BUFFER_TOO_SMALL`; `INVALID_ARGUMENT`. @threads Any. */
HEADROPE_API headrope_status headrope_live_changed(
    const headrope_live* live, int64_t sequence, int64_t* buffer,
    int64_t capacity, int64_t* out, headrope_error* error);

/** Tells a listener of each batch from now on that changes a figure, on the
 * thread of the change.
 * @param out the number of the subscription, for `headrope_live_unsubscribe`.
 * @returns `INVALID_ARGUMENT` from a listener. @threads One. */
HEADROPE_API headrope_status
headrope_live_subscribe(headrope_live* live, headrope_live_listener listener,
                        void* user_data, int64_t* out, headrope_error* error);

/** Tells a listener nothing more.
 * @returns `NOT_FOUND`; `INVALID_ARGUMENT` from a listener. @threads One. */
HEADROPE_API headrope_status headrope_live_unsubscribe(headrope_live* live,
                                                       int64_t subscription,
                                                       headrope_error* error);

/** Keeps all figures as they are now. While it lives, what changes is copied
 * first. @ownership `out` is the caller's, for `headrope_moment_free`; it does
 * not need the live figures. @threads Any. @complexity O(figures). */
HEADROPE_API headrope_status headrope_live_moment(const headrope_live* live,
                                                  headrope_moment** out,
                                                  headrope_error* error);

/** Gives a moment back. @threads One. */
HEADROPE_API void headrope_moment_free(headrope_moment* moment);

/** Gives the number of the last batch that a moment knows of; 0 for NULL.
 * @threads Any. */
HEADROPE_API int64_t headrope_moment_sequence(const headrope_moment* moment);

/** Gives the sum, or the number of members, at and below each unit; 0 for a
 * unit outside the hierarchy. Nothing is added up.
 * @param buffer room for `capacity` values, by unit; may be NULL if that is 0.
 * @param out how many units there are.
 * @returns `BUFFER_TOO_SMALL`; `INVALID_ARGUMENT`, also for a coverage.
 * @threads Any. @complexity O(units). */
HEADROPE_API headrope_status headrope_moment_values(
    const headrope_moment* moment, int64_t figure, int64_t* buffer,
    int64_t capacity, int64_t* out, headrope_error* error);

/** Gives the coverage of a figure at every unit, as `headrope_coverage_new`
 * does. Nothing is added up.
 * @returns `INVALID_ARGUMENT`, also for a figure that is no coverage.
 * @ownership `out` is the caller's, for `headrope_coverage_free`. @threads Any.
 * @complexity O(units × statuses that occur). */
HEADROPE_API headrope_status
headrope_moment_coverage(const headrope_moment* moment, int64_t figure,
                         headrope_coverage** out, headrope_error* error);

/* Tables --------------------------------------------------------------------
 */

/** Gives a table back; Arrow arrays of it live on. @threads One. */
HEADROPE_API void headrope_table_free(headrope_table* table);

/** Counts the rows; 0 for NULL. The columns of a table are the same whatever
 * its rows say. @threads Any. */
HEADROPE_API int64_t headrope_table_row_count(const headrope_table* table);

/** Counts the columns; 0 for NULL. @threads Any. */
HEADROPE_API int64_t headrope_table_column_count(const headrope_table* table);

/** Describes a column.
 * @param out the caller's, with `struct_size` set; its name lives as long as
 * the table. @returns `INVALID_ARGUMENT`. @threads Any. */
HEADROPE_API headrope_status headrope_table_column(const headrope_table* table,
                                                   int64_t column,
                                                   headrope_column* out,
                                                   headrope_error* error);

/** Finds a column by its name.
 * @param out its position; `HEADROPE_NONE` if there is none. @threads Any.
 * @complexity O(columns). */
HEADROPE_API headrope_status
headrope_table_find_column(const headrope_table* table, const char* name,
                           int64_t size, int64_t* out, headrope_error* error);

/** Tells whether the value of a cell is missing: `out` is 1 or 0. Texts are
 * never missing; an empty one says nothing.
 * @returns `INVALID_ARGUMENT`. @threads Any. @complexity O(1). */
HEADROPE_API headrope_status
headrope_table_is_missing(const headrope_table* table, int64_t column,
                          int64_t row, int32_t* out, headrope_error* error);

/** Gives the text of a cell. @returns `INVALID_ARGUMENT`, also for a column of
 * another type. @ownership `out` lives as long as the table. @threads Any.
 * @complexity O(1). */
HEADROPE_API headrope_status headrope_table_text(const headrope_table* table,
                                                 int64_t column, int64_t row,
                                                 headrope_text* out,
                                                 headrope_error* error);

/** Gives the number of a cell: an integer, a decimal without its point, or a
 * day; 0 if it is missing. @returns `INVALID_ARGUMENT`, also for a column of
 * another type. @threads Any. @complexity O(1). */
HEADROPE_API headrope_status headrope_table_number(const headrope_table* table,
                                                   int64_t column, int64_t row,
                                                   int64_t* out,
                                                   headrope_error* error);

/** Gives the ratio or fraction of a cell; 0 over 1 if it is missing. A ratio
 * over 0 is that of nothing.
 * @returns `INVALID_ARGUMENT`, also for a column of another type.
 * @threads Any. @complexity O(1). */
HEADROPE_API headrope_status headrope_table_ratio(const headrope_table* table,
                                                  int64_t column, int64_t row,
                                                  int64_t* numerator,
                                                  int64_t* denominator,
                                                  headrope_error* error);

/** Gives the depth of a row in a tree; 0 in a table that is none.
 * @returns `INVALID_ARGUMENT`. @threads Any. @complexity O(1). */
HEADROPE_API headrope_status headrope_table_depth(const headrope_table* table,
                                                  int64_t row, int32_t* out,
                                                  headrope_error* error);

/** Writes a cell as people read it: percents with one decimal, days as
 * `YYYY-MM-DD`, a dash for a missing value.
 * @param buffer room for `capacity` bytes; may be NULL if that is 0. No zero
 *   byte is written.
 * @param out how many bytes the text has, also if there is no room for it.
 * @returns `BUFFER_TOO_SMALL`; `INVALID_ARGUMENT`. @threads Any. */
HEADROPE_API headrope_status headrope_table_display(
    const headrope_table* table, int64_t column, int64_t row, char* buffer,
    int64_t capacity, int64_t* out, headrope_error* error);

/** Writes the table as CSV (RFC 4180, LF), with names for machines.
 * @returns `CANCELLED` if `write` wants no more. @threads Any.
 * @complexity O(cells). */
HEADROPE_API headrope_status
headrope_table_write_csv(const headrope_table* table, headrope_write write,
                         void* user_data, headrope_error* error);

/** Writes the table as a JSON array of one object for each row.
 * @returns `CANCELLED` if `write` wants no more. @threads Any.
 * @complexity O(cells). */
HEADROPE_API headrope_status
headrope_table_write_json(const headrope_table* table, headrope_write write,
                          void* user_data, headrope_error* error);

/** Hands the table over as one Arrow array and its schema. Texts and numbers
 * are shared, not copied; days become date32, missing values bits.
 * @param schema takes the types: large utf8, int64 (a decimal has the metadata
 *   `headrope.decimals`), date32, and structs of `numerator` and
 *   `denominator`.
 * @param array takes a struct array of the columns.
 * @ownership Both are the caller's, each to be released once through its
 *   `release`, before or after the table. May be done again.
 * @threads Any. @complexity O(columns), and O(rows) for days and missing
 *   values. */
HEADROPE_API headrope_status headrope_table_export_array(
    const headrope_table* table, struct ArrowSchema* schema,
    struct ArrowArray* array, headrope_error* error);

/** Hands the table over as an Arrow stream of one batch, as
 * `headrope_table_export_array`. @ownership `out` is the caller's, to be
 * released once. @threads Any; the stream itself: one. */
HEADROPE_API headrope_status headrope_table_export_stream(
    const headrope_table* table, struct ArrowArrayStream* out,
    headrope_error* error);

#ifdef __cplusplus
}
#endif

#endif /* HEADROPE_HEADROPE_H */
