"""Tables of duties become obligations and assignments; what cannot be read or is not known is named."""

import csv
import io
import time
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.agencies import factory as agencies
from tests.assignments import factory
from tests.directives import factory as directives
from tests.marks import covers
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import reference
from thuocdo.agencies.enums import AgencyKind, Side
from thuocdo.assignments import actions
from thuocdo.assignments.models import Assignment, Coordinator
from thuocdo.assignments.queries import importing
from thuocdo.audit.models import Entry
from thuocdo.directives.models import Directive, Obligation, Provision
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "tasks_nq03_140.csv"  # beside the repository
HEAD = ["Nhóm", "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> factory.World:
    return factory.world()


def table(*rows: list[str], head=HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def row(number="1", work="Ban hành kế hoạch", lead="UBND tỉnh Lai Châu", helping="", limit="2025", group="I"):
    return [group, number, work, lead, helping, "Kế hoạch", limit]


def plan(content: bytes, of: Directive | None = None, **more):
    directive = of or Directive.objects.get(symbol="71/NQ-CP")
    given = {"name": "bang.csv", "as_of": AsOf(date(2025, 4, 1)), **more}
    return importing.plan(content=content, directive=directive, **given)


def run(content: bytes, of: Directive | None = None, *, strict=False, **more):
    return actions.run_import(plan=plan(content, of, **more), strict=strict, by=None, at=factory.JUNE)


def leads() -> list[str]:
    named = Assignment.objects.filter(lead__isnull=False).order_by("pk")
    return list(named.values_list("lead__code", flat=True))


@covers("1.24")
def test_a_row_becomes_an_obligation_and_an_assignment(world):
    run(table(row(helping="Bộ KH&CN")))
    made = Assignment.objects.get()
    assert (made.lead, made.assigner, made.limit_on) == (world.lai_chau, world.government, date(2025, 12, 31))


def test_it_is_received_with_the_confirming_office_of_the_issuer(world):
    run(table(row()))
    made = Assignment.objects.get()
    assert (made.received, made.confirming, made.given_on) == (True, world.office, date(2025, 4, 1))


def test_the_provision_is_cited_and_the_raw_words_stay(world):
    run(table(row("12", limit="Quý II/2025")))
    made = Obligation.objects.get(key="I/12")
    assert (made.provision.label, made.limit_raw, made.leads_raw) == (
        "Nhóm I, số 12", "Quý II/2025", "UBND tỉnh Lai Châu",
    )  # fmt: skip


def test_coordinators_are_named(world):
    run(table(row(helping="Bộ KH&CN, các đoàn thể")))
    assert [one.agency for one in Coordinator.objects.all()] == [world.ministry]


@covers("1.24")
def test_several_named_leads_get_one_each_and_it_is_announced(world):
    found = plan(table(row(lead="UBND tỉnh Lai Châu, UBND tỉnh Hưng Yên")))
    assert [str(one.say) for one in found.announced] == [
        "Several leads, one assignment each: UBND tỉnh Lai Châu, UBND tỉnh Hưng Yên."
    ]
    run(table(row(lead="UBND tỉnh Lai Châu, UBND tỉnh Hưng Yên")))
    assert leads() == ["UBND-12", "UBND-33"]


@covers("1.12", "1.24")
def test_a_group_fans_out_on_the_side_of_the_text(world):
    run(table(row(lead="Các bộ, ngành, địa phương")))
    top = Assignment.objects.get(is_fan_out=True)
    assert [one.lead.code for one in top.children.order_by("ordinal")] == [
        "BKHCN",
        "VPCP",
        "UBND-12",
        "UBND-33",
    ]


def test_a_group_of_a_party_text_is_of_party_committees(world):
    party = directives.directive("57-NQ/TW", issuer=world.central)
    agencies.agency(
        "TU-01",
        "Thành ủy Hà Nội",
        kind=AgencyKind.PARTY_COMMITTEE,
        side=Side.PARTY,
        opened_on=date(2025, 5, 1),
    )
    run(table(row(lead="Các địa phương")), party)
    assert sorted(leads()) == ["TU-12", "TU-33"]


@covers("1.24")
def test_an_unknown_lead_is_asked_for_and_never_invented(world):
    found = plan(table(row(lead="một số tỉnh đủ điều kiện")))
    assert [(one.row, one.column) for one in found.asks] == [(2, "D")]
    run(table(row(lead="một số tỉnh đủ điều kiện")))
    assert (Obligation.objects.filter(key="I/1").count(), leads()) == (1, [])


def test_an_answer_gives_the_duty_that_waited(world):
    content = table(row(lead="một số tỉnh đủ điều kiện"))
    run(content)
    outcome = run(content, answers={("", 2): ["UBND-12"]})
    assert (outcome.obligations, outcome.assignments, leads()) == (0, 1, ["UBND-12"])


def test_an_answer_adds_to_a_group(world):
    content = table(row(lead="Các bộ, ngành và một số tỉnh đủ điều kiện"))
    run(content)
    run(content, answers={("", 2): ["UBND-33"]})
    assert (Assignment.objects.filter(is_fan_out=True).count(), leads()) == (1, ["BKHCN", "VPCP", "UBND-33"])


def test_what_was_answered_once_is_not_asked_again(world):
    content = table(row(lead="một số tỉnh đủ điều kiện"))
    run(content, answers={("", 2): ["UBND-12"]})
    assert plan(content).asks == ()


@pytest.mark.parametrize(("place", "code"), [(("", 2), "NOBODY"), (("", 99), "UBND-12")])
def test_an_answer_that_fits_nothing_is_a_problem(world, place, code):
    assert len(plan(table(row(lead="ai đó")), answers={place: [code]}).problems) == 1


@covers("1.24")
def test_a_second_run_changes_nothing(world):
    content = table(row("1"), row("2", "Báo cáo", "Các địa phương"), row("", "Việc không số"))
    run(content)
    before = (Assignment.objects.count(), Obligation.objects.count(), Entry.objects.count())
    outcome = run(content)
    after = (Assignment.objects.count(), Obligation.objects.count(), Entry.objects.count())
    assert (after, outcome.there, outcome.assignments) == (before, 3, 0)


def test_good_rows_land_beside_a_bad_one(world):
    run(table(row("1", limit="31/02/2025"), row("2", "Báo cáo")))
    assert Obligation.objects.filter(directive__symbol="71/NQ-CP", group="I").count() == 1


@covers("1.24")
def test_strict_enters_nothing_while_a_problem_stands(world):
    before = Obligation.objects.count()
    with pytest.raises(Refused):
        run(table(row("1", limit="31/02/2025"), row("2", "Báo cáo")), strict=True)
    assert Obligation.objects.count() == before


def test_a_bad_row_is_named_with_sheet_row_and_column(world):
    found = plan(table(row(limit="31/02/2025"))).problems
    assert [(one.sheet, one.row, one.column) for one in found] == [("", 2, "G")]


def test_a_column_may_name_another_text_row_by_row(world):
    other = directives.directive("422/QĐ-TTg", issuer=world.government)
    head = ["Nhiệm vụ", "Chủ trì", "Văn bản giao"]
    run(table(["A", "BKHCN", "422/QĐ-TTg"], ["B", "BKHCN", "71/NQ-CP"], head=head))
    assert list(Obligation.objects.filter(directive=other).values_list("work", flat=True)) == ["A"]


def test_a_text_that_is_not_registered_is_a_problem_in_words(world):
    head = ["Nhiệm vụ", "Chủ trì", "Văn bản giao"]
    found = plan(table(["A", "BKHCN", "999/QĐ-TTg"], head=head)).problems
    assert [(one.row, one.column, str(one.say)) for one in found] == [
        (2, "C", "999/QĐ-TTg is not registered: register it first.")
    ]


def test_a_text_with_an_open_issuer_gives_nothing(world):
    unknown = directives.directive("15/KH-ABC")
    found = plan(table(row()), unknown)
    assert [str(one.say) for one in found.problems] == ["The issuer of 15/KH-ABC is open: name it first."]


def test_a_focal_office_confirms_for_an_issuer_outside(world):
    outside = agencies.agency("NGOAI", "Cơ quan bên ngoài", inside=False)
    of = directives.directive("15/KH-NGOAI", issuer=outside)
    run(table(row()), of, confirming=world.office)
    made = Assignment.objects.get()
    assert (made.confirming, made.confirmed_locally) == (world.office, True)


def test_a_preview_that_no_longer_holds_is_refused(world):
    stale = plan(table(row()))
    run(table(row()))
    with pytest.raises(Refused, match="preview it again"):
        actions.run_import(plan=stale, by=None, at=factory.JUNE)


def test_a_changed_limit_is_announced_and_not_written(world):
    run(table(row()))
    found = plan(table(row(limit="2026")))
    assert (len(found.to_do), [one.column for one in found.announced]) == (0, ["G"])


def test_a_file_that_is_no_table_is_a_problem(world):
    assert len(plan(b"%PDF-1.4").problems) == 1


def test_every_new_row_stands_in_the_log(world):
    before = Entry.objects.count()
    run(table(row("1"), row("2", "Báo cáo")))
    made = [entry.verb for entry in Entry.objects.order_by("pk")[before:]]
    assert sorted(made) == sorted(["assignment.received", "obligation.added", "provision.added"] * 2)


def test_a_table_of_any_length_takes_as_many_statements(world, django_assert_max_num_queries):
    content = table(*(row(str(number), f"Việc {number}") for number in range(1, 101)))
    found = plan(content)
    with django_assert_max_num_queries(44):
        actions.run_import(plan=found, by=None, at=factory.JUNE)


class TestCommand:
    @pytest.fixture
    def file(self, world, tmp_path):
        path = tmp_path / "bang.csv"
        path.write_bytes(table(row("1"), row("2", "Báo cáo", "ai đó")))
        return path

    def call(self, *words: object) -> str:
        out = io.StringIO()
        call_command("import", *(str(word) for word in words), language="en", stdout=out)
        return out.getvalue()

    def test_it_reports_places_and_amounts(self, file):
        said = self.call(file, "--directive", "71/NQ-CP")
        assert "row 3, column D: “ai đó” is not a known agency: who is meant?" in said
        assert "Entered: 2 duties, 1 assignments; 0 were there already." in said

    def test_a_dry_run_enters_nothing(self, file):
        before = Obligation.objects.count()
        self.call(file, "--directive", "71/NQ-CP", "--dry-run")
        assert Obligation.objects.count() == before

    def test_strict_fails_on_an_open_question(self, file):
        with pytest.raises(CommandError, match="stand in the way"):
            self.call(file, "--directive", "71/NQ-CP", "--strict")

    def test_answers_are_read_from_a_file(self, file, tmp_path):
        answers = tmp_path / "answers.csv"
        answers.write_text("sheet,row,agencies\n,3,UBND-33 BKHCN\n", encoding="utf-8")
        self.call(file, "--directive", "71/NQ-CP", "--strict", "--answers", answers)
        assert leads() == ["UBND-12", "UBND-33", "BKHCN"]

    def test_a_text_that_is_not_registered_is_refused(self, file):
        with pytest.raises(CommandError, match="not registered"):
            self.call(file, "--directive", "999/QĐ-TTg")


@covers("1.24")
@pytest.mark.skipif(not REAL.exists(), reason="the table of 03/NQ-CP is not beside the repository")
class TestResolution03:
    """Appendix II of 03/NQ-CP on the map of the day it was issued."""

    @pytest.fixture
    def issued(self, db) -> Directive:
        data = reference.read(communes=False)
        agency_actions.load_reference(reference=data, by=None, at=directives.NINE)
        return directives.directive("03/NQ-CP", issued_on=date(2025, 1, 9))

    def import_it(self, of: Directive):
        return run(REAL.read_bytes(), of, as_of=AsOf(date(2025, 1, 9)))

    def test_140_obligations_in_7_groups_land_and_a_second_run_changes_nothing(self, issued, capsys):
        started = time.perf_counter()
        outcome = self.import_it(issued)
        took = time.perf_counter() - started
        again = self.import_it(issued)
        with capsys.disabled():
            print(f"\n03/NQ-CP: {outcome.assignments} assignments in {took:.2f} s")  # noqa: T201
        groups = Obligation.objects.filter(directive=issued).values("group").distinct().count()
        assert (outcome.obligations, groups) == (140, 7)
        assert (again.obligations, again.assignments, again.there) == (0, 0, 140)

    def test_what_it_counts_is_what_the_research_counted(self, issued):
        found = plan(REAL.read_bytes(), issued, as_of=AsOf(date(2025, 1, 9)))
        several = [one for one in found.duties if len(one.leads) > 1 and not one.fans_out]
        years = [one for one in found.duties if one.row.limit.kind == "year"]
        commas = [one for one in found.duties if len(one.leads) == 1 and "," in one.row.leads_raw]
        many = [one for one in found.duties if one.fans_out]
        assert (len(several), len(years), len(commas), len(many)) == (10, 69, 2, 27)

    def test_provisions_cite_the_appendix(self, issued):
        self.import_it(issued)
        assert Provision.objects.filter(directive=issued, label="Nhóm III, số 44").exists()
