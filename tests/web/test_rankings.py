"""Pages of rankings: publish, see, open a unit, take the package, withdraw; the picture beside them."""

import json
import re
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.assignments.factory import person
from tests.indicators.factory import world
from tests.indicators.served import AUGUST, PUBLISHED_AT, SEPTEMBER, counted, published, put
from tests.marks import covers
from tests.web.factory import fill, signed_in, text_of
from thuocdo.accounts.enums import Role
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import places
from thuocdo.agencies.models import Agency, Outline, Territory
from thuocdo.indicators.enums import Units
from thuocdo.indicators.models import Ranking

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    """Lai Châu ahead of Hưng Yên; a leader of the Government publishes."""
    made = world()
    made.leader = person("thu", made.government, Role.LEADER)
    good, fair = counted(9_000, 10_000), counted(6_000, 10_000)
    put({made.lai_chau: good, made.doan_ket: good, made.hung_yen: fair, made.pho_hien: fair})
    return made


def provinces(here):
    return published(here.government, Units.PROVINCES)


def shown(address):
    return text_of(Client().get(f"/en{address}"))


@covers("3.15")
def test_a_leader_publishes_and_everybody_sees_the_places(here):
    address = f"/en/rankings/publish/?agency={here.government.code}"
    sent = fill(signed_in(here.leader), address, ranked="provinces", period=str(SEPTEMBER), floor="80",
                published_on="2025-10-06")  # fmt: skip
    row = Ranking.objects.get()
    assert sent["Location"] == f"/en/rankings/{row.pk}/"
    text = shown(f"/rankings/{row.pk}/")
    assert "published on 6 October 2025" in text
    assert re.search(r"1 UBND tỉnh Lai Châu \d\d\.\d\d .* 2 UBND tỉnh Hưng Yên", text)
    assert "One more than the number of units that are surely ahead." in text  # the rule card
    assert row.package_sha256 in text
    assert "2 units ranked" in shown("/index766/")


@covers("3.15")
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("vi", "Các tỉnh, thành phố trực thuộc trung ương, tháng 9/2025"),
        ("fr", "Provinces et villes relevant du pouvoir central, septembre 2025"),
        ("de", "Provinzen und zentral verwaltete Städte, September 2025"),
    ],
)
def test_it_is_titled_in_the_readers_language(here, language, title):
    prefix = "" if language == "vi" else f"/{language}"
    assert title in text_of(Client().get(f"{prefix}/rankings/{provinces(here).pk}/"))


@covers("3.15")
def test_the_course_of_a_unit_over_published_rankings_has_its_numbers(here):
    good, fair = counted(8_000, 10_000), counted(6_500, 10_000)
    figures = {here.lai_chau: good, here.doan_ket: good, here.hung_yen: fair, here.pho_hien: fair}
    put(figures, period=AUGUST)
    published(here.government, Units.PROVINCES, period=AUGUST)
    text = shown(f"/rankings/{provinces(here).pk}/{here.lai_chau.code}/")
    assert re.search(r"Course over published rankings .* August 2025 \d\d\.\d\d .* September 2025 \d\d", text)
    assert "In the last published ranking 1" in text


@covers("3.15")
def test_a_refused_publication_says_why_and_keeps_what_was_typed(here):
    provinces(here)
    address = f"/en/rankings/publish/?agency={here.government.code}"
    again = fill(signed_in(here.leader), address, ranked="provinces", period=str(SEPTEMBER), floor="75",
                 published_on="2025-10-07")  # fmt: skip
    text = again.content.decode()
    assert "These units are ranked for this period already. Withdraw that ranking first." in text_of(again)
    assert 'value="75"' in text
    assert Ranking.objects.count() == 1


@covers("3.15")
def test_a_withdrawn_one_stays_with_the_reason_and_leaves_the_list(here):
    row = provinces(here)
    address, why = f"/rankings/{row.pk}/withdraw/", "Thiếu một xã"
    fill(signed_in(here.leader), address, reason=why, happened_on="2025-10-20")
    assert "This ranking was withdrawn on 20 October 2025. Thiếu một xã" in shown(f"/rankings/{row.pk}/")
    assert "No ranking has been published yet." in shown("/index766/")
    before = shown(f"/rankings/{row.pk}/?as_of=2025-10-19")
    assert "withdrawn on" not in before
    assert Client().get(f"/rankings/{row.pk}/?as_of=2025-10-05").status_code == 404


@covers("3.15")
def test_a_unit_opens_to_its_frozen_points(here):
    row = provinces(here)
    put({here.lai_chau: counted(1, 10_000)})
    text = shown(f"/rankings/{row.pk}/{here.lai_chau.code}/")
    handled = "2.1 Dossiers handled early or on time"
    for words in ("18,000 / 20,000", handled, "18.00 / 20", "Arrived, per cent 100.00"):
        assert words in text, words


@covers("3.15", "3.22")
def test_the_package_is_given_as_it_was_published(here):
    row = provinces(here)
    answer = Client().get(f"/rankings/{row.pk}/package.zip")
    assert answer.content == bytes(row.package.content)
    assert (
        answer["Content-Disposition"] == f'attachment; filename="thuocdo-766-provinces-202509-{row.pk}.zip"'
    )


@covers("3.15")
def test_real_figures_that_do_not_suffice_are_listed_with_the_reason(here):
    both = counted(90, 100), counted(90, 100, synced_known=0, given={"HANDLED_ON_TIME": (90, 100)})
    put({here.doan_ket: both[0], here.lai_chau: both[0], here.hung_yen: both[1]})
    text = shown(f"/rankings/{provinces(here).pk}/")
    assert "1 agency is not ranked" in text
    assert re.search(r"Hưng Yên Its figures are declared, not confirmed or measured\.", text)


@covers("1.26", "3.15")
def test_invented_rankings_are_marked_as_made_up(here):
    agency_actions.describe_installation(opens_on=None, is_synthetic=True, by=None, at=PUBLISHED_AT)
    text = shown(f"/rankings/{provinces(here).pk}/")
    assert "Synthetic figures: everything on these pages is made up." in text


def on_the_map(*agencies):
    """Each agency in the territory of its code."""
    for one in agencies:
        code, level = one.code.removeprefix("UBND-"), one.level
        kind = {"level": level, "kind": "tỉnh" if level == "province" else "phường", "name_folded": code}
        spot = Territory.objects.create(code=code, name=code, opened_on=one.opened_on, **kind)
        Agency.objects.filter(pk=one.pk).update(territory=spot)


@covers("3.16")
def test_tiles_of_34_provinces_with_both_archipelagos_beside_the_table(here):
    tiles = places.tiles()
    assert len({tile.code for tile in tiles}) == 34
    assert {tile.name for tile in tiles} >= {"Hoàng Sa", "Trường Sa"}
    assert len({(tile.column, tile.row) for tile in tiles}) == len(tiles) == 36
    on_the_map(here.lai_chau, here.hung_yen)
    page = unescape(Client().get(f"/en/rankings/{provinces(here).pk}/").content.decode())
    assert page.index('class="rows ranked"') < page.index('<svg class="tiles"')  # the table first
    tile = r'<g class="shade(\d)"><rect[^>]*/><text[^>]*>{}</text><text class="rank"[^>]*>(\S+)</text>'
    assert re.search(tile.format("Lai Châu"), page).groups() == ("5", "1")
    assert re.search(tile.format("Hưng Yên"), page).groups() == ("1", "2")
    assert ">Hoàng Sa</text>" in page
    assert ' style="' not in page


@covers("3.16")
def test_a_dot_for_each_commune_of_the_map_in_an_image_of_its_own(here):
    assert len(places.points()) == 3321
    on_the_map(here.doan_ket, here.pho_hien)
    for code, (latitude, longitude) in (("20333", (16.568, 112.135)), ("22736", (9.71, 114.45))):
        assert places.points()[code] == (latitude, longitude)  # Hoàng Sa, Trường Sa
    row = published(here.government, Units.COMMUNES)
    page = Client().get(f"/en/rankings/{row.pk}/").content.decode()
    assert f'<img class="dots" src="/en/rankings/{row.pk}/map.svg"' in page
    drawn = Client().get(f"/rankings/{row.pk}/map.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert sum(path.count("h0") for path in re.findall(r'd="([^"]*)"', drawn.content.decode())) == 2


@covers("3.16", "3.21")
def test_the_pages_are_light_and_ask_little(here):
    rows = [provinces(here), published(here.government, Units.COMMUNES)]
    client = Client(headers={"accept-encoding": "gzip"})
    for row in rows:
        for part in ("", f"{here.doan_ket.code}/", "map.svg", "package.zip"):
            address = f"/rankings/{row.pk}/{part}"
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address)
            stated = [one["sql"] for one in asked if not re.match("SAVEPOINT|RELEASE|BEGIN|SET", one["sql"])]
            assert len(stated) <= 12, "\n".join(stated)
            assert len(answer.content) <= 14_000


@covers("3.15")
def test_only_who_publishes_for_the_agency_may(here):
    row = provinces(here)
    other = person("lien", here.hung_yen, Role.LEADER)
    assert signed_in(other).get(f"/rankings/{row.pk}/withdraw/").status_code == 404
    assert signed_in(other).get(f"/rankings/publish/?agency={here.government.code}").status_code == 404
    assert signed_in(here.giang).get("/rankings/publish/").status_code == 404


@covers("3.16")
def test_outlines_that_an_operator_imported_take_the_place_of_the_tiles(here, tmp_path, capsys):
    on_the_map(here.lai_chau, here.hung_yen)
    row, file = provinces(here), tmp_path / "provinces.geojson"
    square = [[103.0, 22.0], [103.5, 22.0], [103.5, 22.5], [103.0, 22.0]]
    feature = {"properties": {"code": "12"}, "geometry": {"type": "Polygon", "coordinates": [square]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    call_command("boundaries", str(file), "--source", "Sở Nông nghiệp, được phép dùng", "--language", "en")
    assert "1 outline entered." in capsys.readouterr().out
    page = Client().get(f"/en/rankings/{row.pk}/").content.decode()
    assert ('<svg class="tiles"' in page, f'src="/en/rankings/{row.pk}/map.svg"' in page) == (False, True)
    drawn = Client().get(f"/rankings/{row.pk}/map.svg").content.decode()
    assert 'd="M6180 -1320L6210 -1320L6210 -1350L6180 -1320Z"' in drawn
    assert (">Hoàng Sa<" in drawn, ">Trường Sa<" in drawn) == (True, True)  # whatever the file holds


@covers("3.16")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{}", "The file is no GeoJSON with features."),
        ('{"features": [{"properties": {}}]}', "Feature 1 has no property “code”."),
        ('{"features": [{"properties": {"code": "99"}}]}', "No territory has the code 99."),
        ('{"features": [{"properties": {"code": "12"}, "geometry": {"type": "Polygon", "coordinates":'
         ' [[[22, 103], [22, 104], [23, 103]]]}}]}',
         "The outline of 12 does not lie in Viet Nam: longitude comes first, in degrees."),
        ('{"features": []}', "The file has no outline."),
    ],
)  # fmt: skip
def test_a_file_of_outlines_that_is_wrong_is_refused_whole(here, tmp_path, content, why):
    on_the_map(here.lai_chau)
    file = tmp_path / "wrong.geojson"
    file.write_text(content)
    with pytest.raises(CommandError, match=re.escape(why)):
        call_command("boundaries", str(file), "--source", "x", "--language", "en")
    assert not Outline.objects.exists()
