"""Tables become text in which each row reads alone; a header needs evidence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.documents.parsing.document_builder import DocumentBuilder, ParserLimits
from app.documents.parsing.tables import Cell, Row, format_table


def lines(rows: Sequence[Row]) -> list[str]:
    return [line for part in format_table(rows) for line in (*part.captions, *part.lines)]


GROUPED = "Quay: A | 2019 In: 1 | 2019 Out: 2 | 2020 In: 3 | 2020 Out: 4"


def named(*names: str) -> list[Cell]:
    return [Cell(name, header=True) for name in names]


def test_a_cell_that_spans_rows_holds_in_each_of_them() -> None:
    rows = [named("Hall", "Show", "Seats"), [Cell("Blue", 2), "Opera", "80"], ["Ballet", "65"], ["Red", "Opera", "30"]]
    assert lines(rows) == [
        "Hall: Blue | Show: Opera | Seats: 80",
        "Hall: Blue | Show: Ballet | Seats: 65",
        "Hall: Red | Show: Opera | Seats: 30",
    ]


def test_header_rows_with_spans_are_one_header() -> None:
    top = [Cell("Pool", 2, header=True), Cell("Summer", columns=2, header=True), Cell("Winter", columns=2, header=True)]
    rows = [top, named("Adults", "Children", "Adults", "Children"), ["North", "4", "2", Cell("shut", columns=2)]]
    assert lines(rows) == [
        "Pool: North | Summer Adults: 4 | Summer Children: 2 | Winter Adults: shut | Winter Children: shut"
    ]


def test_merged_names_above_their_parts_are_a_header_without_markup() -> None:
    top = [Cell("Shop", 2), Cell("2019", columns=2), Cell("2020", columns=2)]
    rows = [top, ["Goal", "Sold", "Goal", "Sold"], ["Quay", "7", "8", "9", "6"]]
    assert lines(rows) == ["Shop: Quay | 2019 Goal: 7 | 2019 Sold: 8 | 2020 Goal: 9 | 2020 Sold: 6"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Ilse Kern", "Printing", "Graz"], ["Otto Baum", "Binding", "Linz"], ["Vera Holm", "Dispatch", "Wels"]],
        [["Series", "QX-7"], ["Builder", "Tarn"], ["Force", "3 kN"], ["Finish", "matt"]],
        [["Oslo", "14", "18"], ["Bergen", "11", "16"]],
        [["Ilse", "8:00", "18:00", "20:00"], ["Otto", "7:30", "17:00", "19:00"]],
        [["Ilse", "2 May 2020", "Graz"], ["Otto", "3 May 2020", "Linz"]],
        [["Mast", "oak"], ["Sail", "12"], ["Rope", "30"], ["Hull", "4"]],
        [["I.", "Winter light", "Faces the title"], ["II.", "By the stream", "At the end of the first chapter."]],
        [["Otto Baum", "otto@example.org", "Graz"], ["Vera Holm", "vera@example.org", "Linz"]],
    ],
)
def test_rows_are_plain_where_nothing_speaks_for_a_header(rows: list[list[str]]) -> None:
    assert lines(rows) == [" | ".join(row) for row in rows]


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([["Lake", "2018", "2019"], ["Mere", "31", "28"]], "Lake: Mere | 2018: 31 | 2019: 28"),
        ([["Lake", "2019", "2018"], ["Mere", "31", "28"]], "Lake: Mere | 2019: 31 | 2018: 28"),
        ([["", "Q1 2019", "Q2 2019"], ["Mere", "31", "28"]], "Mere | Q1 2019: 31 | Q2 2019: 28"),
        ([["Lago", "janeiro", "junho"], ["Azul", "cheio", "vazio"]], "Lago: Azul | janeiro: cheio | junho: vazio"),
        ([["Crew", "Bay 1", "Bay 2", "Bay 3"], ["Red", "on", "", "on"]], "Crew | Bay 1 | Bay 2 | Bay 3"),
        ([["Crate", "Load"], ["Elm", "12 kg"], ["Ash", "7 kg"]], "Crate: Elm | Load: 12 kg"),
        ([["Produto", "Preço", "Zona"], ["Rede", "livre", "Sul"]], "Produto: Rede | Preço: livre | Zona: Sul"),
        ([["crew_id", "home_port"], ["Elm", "Wick"]], "crew_id: Elm | home_port: Wick"),
        ([["CREW", "PORT"], ["Elm", "Wick"]], "CREW: Elm | PORT: Wick"),
        ([[Cell("Crew", bold=True), Cell("Port", bold=True)], ["Elm", "Wick"]], "Crew: Elm | Port: Wick"),
        ([["Crew", "Boat"], [Cell("Red", 2), "Elm"], ["Ash"]], "Crew: Red | Boat: Elm"),
        ([["Kai", "2019-01", "2019-02"], ["Nord", "3", "4"]], "Kai: Nord | 2019-01: 3 | 2019-02: 4"),
        ([["Kai", "1. Quartal", "2. Quartal"], ["Nord", "3", "4"]], "Kai: Nord | 1. Quartal: 3 | 2. Quartal: 4"),
        ([["Hut", "8:00", "9:00", "10:00"], ["Top", "tea", "", "soup"]], "Hut | 8:00 | 9:00 | 10:00"),
        ([["Ride", "0-3", "4-11", "12+"], ["Bus", "0", "1", "2"]], "Ride: Bus | 0-3: 0 | 4-11: 1 | 12+: 2"),
        ([["Plan", "Basic", "Full"], ["Sail", "no", "yes"]], "Plan: Sail | Basic: no | Full: yes"),
        ([["Akte", "Kürzel", "Fach"], ["Mai", "B-12", "Ost"]], "Akte: Mai | Kürzel: B-12 | Fach: Ost"),
        ([["Vat", "Fill", "Heat"], ["", "l", "C"], ["A", "9", "3"], ["B", "8", "4"]], "Vat: A | Fill l: 9 | Heat C: 3"),
        ([["", "2019", "", "2020", ""], ["Quay", *["In", "Out"] * 2], ["A", *"1234"]], GROUPED),
        ([["Wer", "Was"], *[["Ina", "Tau"], ["Udo", "Tau"], ["Ina", "Öl"], ["Udo", "Öl"]] * 2], "Wer: Ina | Was: Tau"),
    ],
)  # fmt: skip
def test_header_shows_in_years_kinds_names_case_style_and_merged_labels(rows: list[Row], first: str) -> None:
    assert lines(rows)[0] == first


def test_years_of_birth_are_no_header() -> None:
    assert lines([["Ilse", "1961", "1990"], ["Otto", "1974", "2001"]]) == ["Ilse | 1961 | 1990", "Otto | 1974 | 2001"]


def test_labels_on_the_left_go_with_their_own_values() -> None:
    card = [[Cell("Series", header=True), "QX-7"], [Cell("Force", header=True), "3"], [Cell("Load", header=True), "8"]]
    assert lines(card) == ["Series: QX-7", "Force: 3", "Load: 8"]
    assert lines([["Name", "Vera"], ["Address", "Quay 4"], ["Age", "40"]]) == [
        "Name: Vera",
        "Address: Quay 4",
        "Age: 40",
    ]
    assert lines([["Pump:", "open", "Valve:", "shut"], ["Tank:", "full", "Hose:", "dry"]]) == [
        "Pump: open | Valve: shut",
        "Tank: full | Hose: dry",
    ]


def test_a_header_row_that_is_empty_means_that_there_is_none() -> None:
    assert lines([named("", ""), ["Name", "City"], ["Builder", "Tarn"]])[1] == "Builder | Tarn"


def test_rows_below_a_blank_row_keep_the_header() -> None:
    rows = [
        ["Name", "City", "Age"],
        ["Ilse", "Graz", "40"],
        ["", "", ""],
        ["Night shift", "", ""],
        ["Otto", "Linz", "38"],
    ]
    assert lines(rows) == ["Name: Ilse | City: Graz | Age: 40", "Night shift", "Name: Otto | City: Linz | Age: 38"]


def test_rows_of_other_kinds_below_a_blank_row_do_not() -> None:
    rows = [["Name", "City", "Age"], ["Ilse", "Graz", "40"], ["", "", ""], ["Checked", "twice", "by Vera"]]
    assert lines(rows)[-1] == "Checked | twice | by Vera"


def test_a_further_page_keeps_the_header_and_leaves_out_its_repeat() -> None:
    builder = DocumentBuilder(ParserLimits())
    builder.add_table([named("Crew", "Port"), ["Elm", "Wick"]], "Fleet list")
    builder.add_table([["Crew", "Port"], ["Ash", "Deal"]], continues=True)
    builder.add_table([["Oak", "Hythe"]], continues=True)
    builder.add_table([["Fir", "Ryde"]])
    assert builder.finish("x").text.split("\n\n") == [
        *("Fleet list", "Crew: Elm | Port: Wick", "Crew: Ash | Port: Deal", "Crew: Oak | Port: Hythe", "Fir | Ryde")
    ]


def test_a_text_across_the_whole_row_stands_alone() -> None:
    rows = [named("Crew", "Port"), [Cell("Retired", columns=2)], ["Elm", "Wick"]]
    assert lines(rows) == ["Retired", "Crew: Elm | Port: Wick"]


def test_spans_without_measure_are_cut_to_the_table() -> None:
    wide = [[Cell("x", 10_000, 10_000)], ["a", "b", "c"], ["d", "e", "f"]]
    assert lines(wide) == ["x", "a | b | c", "d | e | f"]
    tall = [[Cell("y" * 100, 65_000) for _ in range(1000)], *([["z"]] * 2000)]
    assert sum(map(len, lines(tall))) < 10_000_000


def test_cells_that_overlap_do_not_hide_each_other() -> None:
    rows = [["a", Cell("b", 2), "c"], [Cell("d", columns=2), "e"]]
    assert lines(rows) == ["a | b | c", "d | b | e"]


def test_a_label_in_a_row_of_its_own_holds_for_the_rows_that_it_spans() -> None:
    rows = [named("Year", "Month", "Rain"), [Cell("2020", 3, header=True)], ["May", "40"], ["June", "30"]]
    assert lines(rows) == ["Year: 2020 | Month: May | Rain: 40", "Year: 2020 | Month: June | Rain: 30"]


def test_titles_between_the_rows_stand_alone() -> None:
    rows = [
        ["Dish", "Size", "Price"],
        ["Soups", "", ""],
        ["Leek", "L", "4"],
        ["Pies", "", ""],
        ["Fish", "M", "7"],
        ["Plum", "S", "5"],
    ]
    assert lines(rows)[0] == "Soups"
    assert lines(rows)[2] == "Pies"
    assert lines(rows)[3] == "Dish: Fish | Size: M | Price: 7"


def test_a_title_between_blank_rows_leaves_the_header_in_force() -> None:
    rows = [["Name", "City", "Age"], ["Ilse", "Graz", "40"], [""], ["Night shift"], [""], ["Otto", "Linz", "38"]]
    assert lines(rows)[-2:] == ["Night shift", "Name: Otto | City: Linz | Age: 38"]


def test_years_above_rows_that_rise_evenly_are_a_header() -> None:
    rows = [["Lake", "2018", "2019", "2020"], ["Mere", "10", "20", "30"], ["Tarn", "5", "6", "7"]]
    assert lines(rows)[1] == "Lake: Tarn | 2018: 5 | 2019: 6 | 2020: 7"


def test_labels_below_a_header_row_that_is_a_pair_itself_keep_their_values() -> None:
    assert lines([named("Model", "QX-7"), ["Weight", "3 kg"], ["Builder", "Tarn"]]) == [
        *("Model: QX-7", "Weight: 3 kg", "Builder: Tarn")
    ]
