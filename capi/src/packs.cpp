// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Packs: read, changed, shown, and their cases.

#include "handles.hpp"

using namespace headrope;     // NOLINT: each body would repeat it
using namespace headrope::c;  // NOLINT

namespace {

Result<std::vector<PackPointer>> bases_of(const headrope_pack* const* bases,
                                          std::int64_t count) {
  const auto given = list_of(bases, count, "bases");
  if (!given) return given.error();
  std::vector<PackPointer> list;
  for (const headrope_pack* base : *given) {
    if (base == nullptr) return Error{Code::null_argument, "a base is NULL"};
    list.push_back(base->value);
  }
  return list;
}

Result<Table> part_of(const Pack& pack, headrope_pack_part part, Date day,
                      Language language) {
  switch (part) {
    case HEADROPE_PACK_RULES:
      return rules_table(pack, language);
    case HEADROPE_PACK_PARAMETERS:
      return parameters_table(pack, day, language);
    case HEADROPE_PACK_DUTIES:
      return duties_table(pack, language);
    case HEADROPE_PACK_CHANGES:
      return changes_table(pack);
    case HEADROPE_PACK_AUDIT:
      return audit_table(audit(pack), language);
    default:
      return invalid("part: there is no value " + std::to_string(part));
  }
}

}  // namespace

headrope_status headrope_pack_load(const headrope_registry* registry,
                                   const char* path, int64_t size,
                                   headrope_findings* findings,
                                   headrope_pack** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"registry", registry}, {"path", path}, {"out", out}},
      [&]() -> Result<void> {
        const auto file = text_of(path, size, "path");
        if (!file) return file.error();
        auto pack = with_findings(findings, error, [&](Diagnostics& own) {
          return load_pack(std::filesystem::path(*file), registry->value, own);
        });
        if (!pack) return pack.error();
        *out = new headrope_pack{*std::move(pack)};
        return {};
      });
}

headrope_status headrope_pack_parse(
    const headrope_registry* registry, const char* text, int64_t size,
    const char* name, int64_t name_size, const headrope_pack* const* bases,
    int64_t base_count, headrope_findings* findings, headrope_pack** out,
    headrope_error* error) {
  clear_handle(out);
  return guard(
      error,
      {{"registry", registry}, {"text", text}, {"name", name}, {"out", out}},
      [&]() -> Result<void> {
        const auto given = text_of(text, size, "text");
        if (!given) return given.error();
        const auto called = text_of(name, name_size, "name");
        if (!called) return called.error();
        const auto below = bases_of(bases, base_count);
        if (!below) return below.error();
        auto pack = with_findings(findings, error, [&](Diagnostics& own) {
          return parse_pack(*given, *called, registry->value, *below, own);
        });
        if (!pack) return pack.error();
        *out = new headrope_pack{*std::move(pack)};
        return {};
      });
}

headrope_status headrope_pack_with_parameter(
    const headrope_pack* pack, const char* parameter, int64_t size,
    int64_t numerator, int64_t denominator, int32_t valid_from,
    headrope_pack** out, headrope_error* error) {
  clear_handle(out);
  return guard(
      error, {{"pack", pack}, {"parameter", parameter}, {"out", out}},
      [&]() -> Result<void> {
        const auto id = text_of(parameter, size, "parameter");
        if (!id) return id.error();
        const auto value = make_fraction(numerator, denominator);
        if (denominator <= 0 || !value) {
          return invalid("denominator: " + std::to_string(denominator) +
                         " is not above 0");
        }
        if (!is_civil(Date{valid_from})) {
          return invalid("valid_from must be a day in the years 1400 to 9999");
        }
        auto changed =
            with_parameter(pack->value, *id, *value, Date{valid_from});
        if (!changed) return changed.error();
        *out = new headrope_pack{*std::move(changed)};
        return {};
      });
}

void headrope_pack_free(headrope_pack* pack) { delete pack; }

headrope_status headrope_pack_id(const headrope_pack* pack, headrope_text* out,
                                 headrope_error* error) {
  clear_text(out);
  return guard(error, {{"pack", pack}, {"out", out}}, [&]() -> Result<void> {
    *out = view_of(pack->value->id());
    return {};
  });
}

headrope_status headrope_pack_in_force(const headrope_pack* pack,
                                       int32_t* valid_from,
                                       int32_t* valid_until,
                                       headrope_error* error) {
  clear_output(valid_from, 0);
  clear_output(valid_until, 0);
  return guard(error,
               {{"pack", pack},
                {"valid_from", valid_from},
                {"valid_until", valid_until}},
               [&]() -> Result<void> {
                 const Interval days = pack->value->in_force();
                 *valid_from = days.valid_from.days;
                 *valid_until = days.valid_until.days;
                 return {};
               });
}

int64_t headrope_pack_rule_count(const headrope_pack* pack) {
  return pack == nullptr ? 0 : static_cast<int64_t>(pack->value->rule_count());
}

headrope_status headrope_pack_find_rule(const headrope_pack* pack,
                                        const char* rule, int64_t size,
                                        int64_t* out, headrope_error* error) {
  clear_output(out, HEADROPE_NONE);
  return guard(error, {{"pack", pack}, {"rule", rule}, {"out", out}},
               [&]() -> Result<void> {
                 const auto id = text_of(rule, size, "rule");
                 if (!id) return id.error();
                 const auto found = pack->value->find_rule(*id);
                 if (found) *out = static_cast<int64_t>(*found);
                 return {};
               });
}

headrope_status headrope_pack_rule_id(const headrope_pack* pack, int64_t rule,
                                      headrope_text* out,
                                      headrope_error* error) {
  clear_text(out);
  return guard(error, {{"pack", pack}, {"out", out}}, [&]() -> Result<void> {
    const auto at = id_of<UnitId>(rule, pack->value->rule_count(), "rule");
    if (!at) return at.error();
    *out = view_of(pack->value->rule(at->value).id);
    return {};
  });
}

headrope_status headrope_pack_table(const headrope_pack* pack,
                                    headrope_pack_part part, int32_t day,
                                    headrope_language language,
                                    headrope_table** out,
                                    headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"pack", pack}, {"out", out}}, [&]() -> Result<void> {
    const auto chosen = language_of(language);
    if (!chosen) return chosen.error();
    auto table = part_of(*pack->value, part, Date{day}, *chosen);
    if (!table) return table.error();
    give(*std::move(table), out);
    return {};
  });
}

headrope_status headrope_cases_run(const char* path, int64_t size,
                                   const headrope_cases_options* options,
                                   headrope_findings* findings,
                                   headrope_table** out,
                                   headrope_error* error) {
  clear_handle(out);
  return guard(error, {{"path", path}, {"out", out}}, [&]() -> Result<void> {
    const auto place = text_of(path, size, "path");
    if (!place) return place.error();
    const auto own = options_of(options, "options");
    if (!own) return own.error();
    const auto threads = threads_of(own->thread_count);
    if (!threads) return threads.error();
    const auto chosen = language_of(own->language);
    if (!chosen) return chosen.error();
    CaseOptions how;
    how.threads = *threads;
    how.runs = own->only_lists == 0;
    if (own->filter.data != nullptr || own->filter.size != 0) {
      const auto filter = text_of(own->filter.data, own->filter.size, "filter");
      if (!filter) return filter.error();
      how.filter = *filter;
    }
    const std::filesystem::path where(*place);
    const auto results = with_findings(findings, error, [&](Diagnostics& told) {
      return run_cases(std::span(&where, 1), told, how);
    });
    if (!results) return results.error();
    give(cases_table(*results, *chosen), out);
    return {};
  });
}
