"""Typing and pasting on a real pty: acceptance checks 9 to 15, 17, 18."""

from __future__ import annotations

import itertools


def field(app, row: int) -> str:
    return app.lines[row].strip()


def test_typed_ahead_keys_go_where_they_belong(start, tmp_path):
    app = start()
    app.send("甲乙\t丙丁")
    assert app.until(lambda: field(app, 1) == "甲乙" and field(app, 2) == "丙丁"), app.text
    app.send("\t长\x1b[Z\x1b[Z子\r丑\t寅")
    assert app.until(lambda: field(app, 1) == "甲乙子" and field(app, 2) == "丙丁丑" and field(app, 3) == "长寅"), (
        app.text
    )


def test_enter_in_one_write(start):
    app = start()
    app.send("甲乙\r丙丁")
    assert app.until(lambda: field(app, 1) == "甲乙" and field(app, 2) == "丙丁"), app.text


def test_typed_ahead_into_a_dialog_and_out(start):
    app = start()
    app.send("甲\x1bOR内\x1bOS乙")
    assert app.until(lambda: field(app, 1) == "甲乙"), app.text


def test_keys_typed_before_the_app_is_ready(start):
    app = start(wait=None)
    app.send("早\t到")
    assert app.until(lambda: field(app, 1) == "早" and field(app, 2) == "到"), app.text


def test_lines_without_bracketed_paste_stay_in_their_field(start):
    app = start()
    app.send("第一行\r第二行\r第三行")
    assert app.until(lambda: field(app, 1) == "第一行 第二行 第三行"), app.text
    assert field(app, 2) == ""


def test_bracketed_paste_into_one_line(start):
    app = start()
    app.send("\x1b[200~第一行\r\n第二行\n第三行\x1b[201~")
    assert app.until(lambda: field(app, 1) == "第一行 第二行 第三行"), app.text


def test_long_bracketed_paste(start, tmp_path):
    app = start()
    app.type("\t", "\t")
    before = len(app.raw)
    lines = ["".join(itertools.islice(itertools.cycle("预算绩效目标\t申报（2026）。"), 50)) for _ in range(100)]
    app.send("\x1b[200~" + "\r\n".join(lines) + "\x1b[201~")
    app.send("\x13")
    wanted = "\n\n" + "\n".join(lines).replace("\t", " ")
    assert app.until(lambda: (tmp_path / "draft").exists(), 3)
    assert (tmp_path / "draft").read_text("utf-8") == wanted
    assert len(app.raw) - before < 12_000


def test_controls_in_a_paste(start, tmp_path):
    app = start()
    app.send("\x1b[200~前\x1b[31m红\x1b[0m后\x05\u202e\x9b2J\x1b[201~")
    assert app.until(lambda: field(app, 1) == "前红后"), app.text
    app.type("\x13")
    assert app.shows("已保存")
    assert "\x1b" not in (tmp_path / "draft").read_text("utf-8")


def test_keys_behind_a_paste_do_not_end_the_program(start):
    app = start()
    app.send("\x1b[200~甲\x1b[201~\r\x03")
    assert app.shows("再按一次 Ctrl+C")
    assert field(app, 1) == "甲"
    app.type("乙")
    assert app.until(lambda: field(app, 2) == "乙"), app.text


def test_paste_without_end_mark_is_given_up(start):
    app = start()
    app.send("\x1b[200~半截")
    app.quiet(0.1)
    assert field(app, 1) == ""
    assert app.until(lambda: field(app, 1) == "半截", 4), app.text
    app.type("续")
    assert app.until(lambda: field(app, 1) == "半截续"), app.text


def test_paste_in_pieces(start):
    app = start()
    for piece in ("\x1b[2", "00~甲乙", "丙\x1b", "[20", "1~丁"):
        app.type(piece)
    assert app.until(lambda: field(app, 1) == "甲乙丙丁"), app.text


def test_bytes_that_are_not_utf8(start):
    app = start()
    app.send(b"\xba\xba\xff" + "好".encode())
    assert app.shows("收到无法识别的字节")
    assert app.until(lambda: field(app, 1) == "好"), app.text
    app.send(b"\xe1 a")
    assert app.until(lambda: field(app, 1) == "好 a"), app.text


def test_markup_is_shown_letter_by_letter(start):
    text = "错[/b]误[@click=app.quit]点[/][2024]3号"
    app = start(env={"DEMO_TITLE": text}, wait=text)
    app.send(text)
    assert app.until(lambda: field(app, 1) == text), app.text
    assert app.until(lambda: app.lines[0] == "标题 " + text), app.text


def test_controls_in_shown_text_never_reach_the_terminal(start):
    app = start(env={"DEMO_TITLE": "标题\x1b]0;PWN\x07\x1b[2J\x9b2J\x05\u202e尾"}, wait="标题")
    assert app.shows("标题尾")
    for piece in (b"PWN", b"\x05", "\x9b".encode(), "\u202e".encode()):
        assert piece not in app.raw


def test_keys_in_every_dialect(start):
    app = start()
    f = {
        1: ("[11~", "OP", "[[A"),
        2: ("[12~", "OQ", "[[B"),
        5: ("[15~", "[[E"),
        6: ("[17~",),
        7: ("[18~",),
        8: ("[19~",),
        9: ("[20~",),
        10: ("[21~",),
    }
    for number, forms in f.items():
        for form in forms:
            app.type("\x13")
            assert app.shows("已保存")
            app.send("\x1b" + form)
            assert app.shows(f"按键 F{number}"), (number, form)
    for name, forms in {"home": ("[H", "[1~", "OH", "[7~"), "end": ("[F", "[4~", "OF", "[8~")}.items():
        for form in forms:
            app.type("\x13")
            app.send("\x1b" + form)
            assert app.shows(f"按键 {name}"), form
    app.send("甲乙丙\x7f\x08")
    assert app.until(lambda: field(app, 1) == "甲"), app.text


def test_unknown_sequences_and_late_answers_are_swallowed(start):
    app = start()
    app.send("甲\x1b[?62;22c\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[99~\x1bP>|XTerm\x1b\\\x1b[5;7R\x1b[38;5;1m乙")
    assert app.until(lambda: field(app, 1) == "甲乙"), app.text


def test_a_key_cut_in_two_by_the_link(start):
    app = start()
    app.type("甲乙")
    app.send("\x1b")
    app.quiet(0.35)  # beyond ESCDELAY: already given out as Esc
    app.send("[D")
    app.quiet(0.05)
    app.type("\x1b[", "D", "丙")
    assert app.until(lambda: field(app, 1) == "丙甲乙"), app.text
