// Copyright 2026 The Headrope Authors
// SPDX-License-Identifier: Apache-2.0

// Who answers for what: holders, what is missing and since when, who held a
// post, the chain from the top down, what everybody carries, who had to answer
// for what was missed, and a picture.

#include <iostream>

#include <headrope/headrope.hpp>

namespace {

std::string_view unit_of(const headrope::Snapshot& snapshot,
                         const headrope::Holder& one) {
  return snapshot.identity(headrope::UnitIndex{one.holder.index});
}

void tell_leads(const headrope::Responsibility& responsibility) {
  const headrope::Snapshot& snapshot = responsibility.snapshot();
  headrope::HolderQuestion question;
  question.duty = snapshot.find_duty("A2");
  question.roles = {*snapshot.find_role("lead")};
  for (const headrope::Holder& one :
       responsibility.holders(*snapshot.find_unit("U05"), question)) {
    std::cout << "A2 for U05: " << unit_of(snapshot, one) << '\n';
  }

  const auto person = snapshot.find_person("P016");
  for (const headrope::Holder& one :
       headrope::holders_for_person(responsibility, *person)) {
    std::cout << "for P016: " << unit_of(snapshot, one) << '\n';
  }
}

bool tell_gaps(const headrope::Responsibility& responsibility) {
  const headrope::Snapshot& snapshot = responsibility.snapshot();
  headrope::GapQuestion question;
  question.types = {headrope::GapType::no_lead, headrope::GapType::two_leads,
                    headrope::GapType::self_lead,
                    headrope::GapType::pairing_missing};
  const auto gaps = headrope::find_gaps(responsibility, question);
  if (!gaps) return false;
  for (const headrope::Gap& gap : *gaps) {
    std::cout << headrope::gap_type_word(gap.type) << ": "
              << snapshot.identity(gap.unit) << " since "
              << headrope::to_string(gap.days.valid_from) << '\n';
  }

  headrope::GapQuestion vacancies;
  vacancies.types = {headrope::GapType::vacancy};
  const headrope::Date day = *headrope::make_date(2013, 9, 15);
  vacancies.days = {day, headrope::add_days(day, 1)};
  const auto vacant = headrope::find_gaps(responsibility, vacancies);
  if (!vacant) return false;
  for (const headrope::Gap& gap : *vacant) {
    std::cout << "vacant on 2013-09-15: " << snapshot.identity(gap.post)
              << '\n';
  }
  return true;
}

void tell_tenures(const headrope::Responsibility& responsibility) {
  const headrope::Snapshot& snapshot = responsibility.snapshot();
  const auto post = snapshot.find_post("U01/group_deputy");
  for (const auto& one : responsibility.tenures(*post)) {
    std::cout << headrope::to_string(one.valid.valid_from) << ' '
              << (one.person.is_none() ? "nobody"
                                       : snapshot.identity(one.person))
              << '\n';
  }
}

bool tell_chain(const headrope::Responsibility& responsibility) {
  const headrope::Snapshot& snapshot = responsibility.snapshot();
  headrope::ChainQuestion question;
  question.forest = snapshot.find_forest("party");
  question.roles = {*snapshot.find_role("study_liaison")};
  const auto chains = headrope::follow_chains(responsibility, question);
  if (!chains) return false;
  for (const headrope::ChainBreak& one : chains->breaks) {
    std::cout << "no liaison: " << snapshot.identity(one.unit) << " since "
              << headrope::to_string(one.days.valid_from) << ", " << one.hanging
              << " units hang on it\n";
  }
  std::cout << chains->leaves_reached << " of " << chains->leaves
            << " leaves are reached\n";
  return true;
}

void tell_load(const headrope::Responsibility& responsibility) {
  headrope::LoadQuestion question;
  question.limits.posts = 1;
  for (const headrope::Load& one :
       headrope::count_load(responsibility, question)) {
    if (!one.is_over) continue;
    const headrope::PersonId person{one.holder.index};
    std::cout << responsibility.snapshot().identity(person) << " holds "
              << one.burden.posts << " posts\n";
  }
}

bool tell_missed(const headrope::Responsibility& responsibility,
                 const headrope::Registry& registry) {
  const headrope::Snapshot& snapshot = responsibility.snapshot();
  headrope::Diagnostics findings;
  const auto pack = headrope::load_pack("pack/pack.yaml", registry, findings);
  if (!pack) return false;
  headrope::RuleQuestion year;
  year.range = {*headrope::make_date(2013, 1, 1),
                *headrope::make_date(2014, 1, 1)};
  const auto assessed =
      headrope::assess(snapshot, *pack, *(*pack)->find_rule("S02"), year);
  if (!assessed) return false;
  for (const headrope::Missed& missed :
       headrope::responsible_for_missed(responsibility, *assessed)) {
    const headrope::UnitIndex unit{assessed->subjects[missed.subject]};
    std::cout << snapshot.identity(unit) << " missed S02; asked about it:";
    for (const headrope::Holder& one : missed.holders) {
      std::cout << ' '
                << (one.person.is_none() ? unit_of(snapshot, one)
                                         : snapshot.identity(one.person));
    }
    std::cout << '\n';
  }
  return true;
}

bool tell_picture(const headrope::Responsibility& responsibility) {
  const auto everything = headrope::matrix(responsibility);
  if (!everything) return false;
  const auto picture =
      headrope::matrix_svg(responsibility.snapshot(), *everything);
  if (!picture) return false;
  std::cout << "the picture has " << picture->size() << " bytes\n";
  return true;
}

}  // namespace

int main() {
  headrope::Diagnostics findings;
  auto registry = headrope::load_package("xincheng", findings);
  if (!registry) return 1;

  // Every village is to be paired with an enterprise.
  headrope::Need need;
  need.type = headrope::Need::Type::pairings;
  need.pairing = "village_enterprise";
  need.scope.emplace();
  need.scope->type = headrope::Scope::Type::kind;
  need.scope->kind = *registry->find_kind("administrative_village");
  need.valid.valid_from = *headrope::make_date(2013, 1, 1);
  if (!registry->add(need)) return 1;

  headrope::FreezeOptions freezing;
  freezing.as_of = *headrope::make_date(2013, 12, 31);
  const auto frozen = headrope::freeze(*registry, freezing, findings);
  if (!frozen) return 1;
  const headrope::Responsibility responsibility(*frozen);
  tell_leads(responsibility);
  if (!tell_gaps(responsibility)) return 1;
  tell_tenures(responsibility);
  if (!tell_chain(responsibility)) return 1;
  tell_load(responsibility);
  if (!tell_missed(responsibility, *registry)) return 1;
  return tell_picture(responsibility) ? 0 : 1;
}
