"""What keys do (动作): the one table of every screen's actions; bindings, key bars, key cards and the configuration follow it.

An action is called after its screen and itself, as in "home.roll". `tui.keymap` says which keys it has in this run.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.action import CHECK, ESCAPE, HELP, MOVE, UNDO, Action, Screen, fixed
from tui.actions_beside import BESIDE

PROGRAM = "app"
"""The screen's name under which actions of the whole program stand."""

PAGE = "page"
"""The screen's name under which actions of every screen stand."""

EDITING = "edit"
"""The screen's name under which the keys that edit text stand."""

SCREENS: Mapping[str, Screen] = {
    PROGRAM: Screen(
        "整个程序",
        (
            Action("leave", "ctrl+q", "leave", "离开", "返回或离开"),
            fixed("interrupt", "ctrl+c", "中断", "连按两次：存好并离开", "interrupt"),
            Action("repaint", "ctrl+l", "repaint", "重画", "重画屏幕"),
        ),
    ),
    PAGE: Screen("每一屏", (Action("leave", "f10", "leave_page", "返回", "返回上一屏；主屏是离开"),)),
    EDITING: Screen(
        "打字",
        (
            fixed("move", "left,right,home,end", "移动", "移动光标"),
            fixed("erase", "backspace,delete", "删字", "删一个字"),
            fixed("erase_line", "ctrl+u", "删到行首", "删掉光标前的字"),
            fixed("erase_word", "ctrl+w", "删一段", "删到前一个标点"),
        ),
    ),
    "home": Screen(
        "主屏",
        (
            fixed("open", "enter", "打开", "打开选中的记录"),
            MOVE,
            Action("new", "f6", "new", "新", "新填一张表"),
            Action("draft", "f3", "draft", "草拟", "粘贴项目说明，先拟一稿"),
            Action("import", "f2", "import", "导入", "导入旧表或粘贴的文字"),
            Action("roll", "ctrl+r", "roll", "结转", "由这份起下一年的表"),
            Action("copy", "ctrl+y", "copy", "另起", "照这份起另一个项目的表"),
            Action("export", "f9", "export", "导出", "写成别的格式"),
            Action("preview", "f4", "preview", "预览", "按表格原样看"),
            Action("library", "f7", "library", "指标库", "翻看指标库"),
            Action("learn", "f8", "learn", "学习", "导览、课程、练习"),
            Action("check", "f5", "check", "检查", "检查选中的记录"),
            Action("history", "ctrl+o", "history", "历史", "从前的样子、回收"),
            Action("delete", "ctrl+k", "delete", "移到回收", "移到回收文件夹"),
            Action("test_keys", "ctrl+t", "test_keys", "按键测试", "按键测试"),
            Action("help", "f1", "help", "帮助", "这份按键卡和命令"),
        ),
        {"": "{open} {new} {draft} {import} {roll} {check} {export} {copy} {learn} {help} {leave:离开}"},
    ),
    "fill": Screen(
        "填表",
        (
            fixed("confirm", "enter", "确认", "确认；长文字里换行"),
            fixed("choose", "up,down", "选建议", "选一条建议"),
            Action("help", "f1", "say('help')", "帮助", "这一项怎么填、例子"),
            Action("save", "f2,ctrl+s", "say('save')", "保存", "马上存盘"),
            Action("why", "f3", "say('suggest')", "理由", "这一格的建议和理由"),
            Action("overview", "f4,ctrl+g", "say('overview')", "全表", "看全表，跳到一项"),
            Action("check", "f5", "say('check')", "检查", "像审核人那样查一遍"),
            Action("table", "f6", "skeleton_or_table", "指标表", "指标表；长文字里插提纲"),
            Action("back", "f7,shift+tab", "say('back')", "上一项", "回到上一项"),
            Action("skip", "f8", "say('skip')", "跳过", "这一项先空着"),
            Action("send", "f9,tab", "send", "确认", "确认；长文字写完了"),
            Action("undo", "ctrl+z", "undo", "撤销", "撤销打字，再逐步撤销"),
            Action("redo", "ctrl+y", "redo", "重做", "重做刚撤销的"),
            Action("coach", "ctrl+t", "coach", "边填边学", "边填边学，开或关"),
            Action("mention", "ctrl+n", "mention", "下一处年份", "沿用的文字里下一处年份"),
            Action("editor", "ctrl+e", "editor", "编辑器", "长文字用自己的编辑器写"),
            fixed("talk_up", "pageup", "往前翻", "往前翻看对话", "talk(8)"),
            fixed("talk_down", "pagedown", "往后翻", "往后翻看对话", "talk(-8)"),
        ),
        {
            "": "{help} {why} {overview} {check} {table:指标} {back} {skip} {send} {undo} {coach:边学} {leave:离开}",
            "carried": "{send:写好了} {mention} {help} {overview} {back} {skip} {undo} {save} {leave:离开}",
            "long": "{send:写好了} {table:指标} {help} {overview} {back} {skip} {undo} {save} {leave:离开}",
            "skeleton": "{send:写好了} {table:插入提纲} {help} {overview} {back} {skip} {undo} {save} {leave:离开}",
            "looking": "{send:下一项} {back} {help} {overview} {check} {table:指标} {leave:离开}",
            "settling": "{confirm} {help} {overview} {leave:离开}",
        },
    ),
    "table": Screen(
        "指标表",
        (
            fixed("confirm", "enter", "改/记下", "记下这一行，到下一行"),
            MOVE._replace(label="选行"),
            Action("add", "f6", "add", "加一行", "在这一格再加一行"),
            Action("delete", "ctrl+k", "delete", "删行", "删掉这一行，会先问"),
            Action("up", "f7", "shift(-1)", "上移", "在这一格里往上移"),
            Action("down", "f8", "shift(1)", "下移", "在这一格里往下移"),
            Action("undo", "ctrl+z", "undo", "撤销", "撤销打字，再逐步撤销"),
            Action("redo", "ctrl+y", "redo", "重做", "重做刚撤销的"),
            HELP,
            CHECK,
            ESCAPE,
        ),
        {"": "{move} {confirm} 数字选建议 {add} {delete} {up} {down} {undo} {leave}"},
    ),
    "overview": Screen(
        "全表",
        (
            fixed("jump", "enter", "跳过去", "跳到这一项"),
            MOVE,
            Action("filter", "f3", "filter", "没填的", "只看没填的、只看没看过的，或看全部"),
            Action("coverage", "f6", "coverage", "覆盖情况", "这类项目常填哪几格，最该补哪一条"),
            Action("back", "f4", "leave_page", "返回", "返回"),
            HELP,
            CHECK,
            ESCAPE,
        ),
        {
            "": "{jump} 打字查找 {filter} {coverage:覆盖} {back}｜*必填 √已填 ?没看过 -空 ~跳过",
            "empty": "{jump} 打字查找 {filter:换着看} {coverage:覆盖} {back}｜*必填 -空",
            "unseen": "{jump} 打字查找 {filter:看全部} {back}｜?没看过：沿用、导入、建议来的，还没确认",
        },
    ),
    "coverage": Screen(
        "覆盖情况",
        (
            fixed("jump", "enter", "加上/跳过去", "头一行加上最该补的一条，别的行跳到那一格"),
            MOVE,
            Action("add", "f9", "add", "加最该补的", "加上最该补的一条"),
            Action("back", "f4", "leave_page", "返回", "返回"),
            HELP,
            CHECK,
            ESCAPE,
        ),
        {"": "{move} {jump} {add} {back}｜√已填 !多数会填却空着 -空"},
    ),
    "review": Screen(
        "检查",
        (
            fixed("jump", "enter", "去改", "去改这一处，改好了回到这里"),
            MOVE,
            Action("filter", "f3", "filter", "筛选", "全部、只看错误、错误和警告、新出来的"),
            Action("order", "f4", "order", "分组", "按四项审核内容，或按轻重"),
            Action("fix", "f6", "fix", "自动改", "有把握的先给您看怎么改，再问；数字对照里是去另一头"),
            Action("numbers", "f7", "numbers", "数字", "数字对照：正文、指标、金额互相对，再按回来"),
            Action("ignore", "f8", "ignore", "忽略", "写一句理由，这一处就放过；已忽略的再按就不忽略"),
            Action("table", "f9", "table", "审核表", "写成《项目支出绩效目标审核表》"),
            Action("again", "f5", "again", "再查", "再查一遍，和上次比"),
            Action("whole", "f2", "whole", "全文", "这一处的全文"),
            UNDO._replace(about="撤销自动改或忽略"),
            HELP,
            ESCAPE,
        ),
        {
            "": "{jump} {filter} {order} {fix} {numbers} {ignore} {table} {again} {undo} {leave}",
            "numbers": "{move} {jump:去这一处} {fix:另一头} {numbers:回到检查} {again} {leave}",
        },
    ),
    **BESIDE,
}
"""Every screen by its name, in the order of the key card."""
