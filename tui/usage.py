"""Examples of every command (例子), for --help and the manual page; tests run each through the parser."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("tianbiao", "打开主屏"),
        ("tianbiao fill", "新填一张表"),
        ("tianbiao --plain", "逐行问答，适合读屏软件和简陋终端"),
        ("tianbiao import 去年的表.txt", "把网页上复制的表变成记录"),
        ("tianbiao show 2020-热线 --json", "看一份记录"),
    ),
    "fill": (
        ("tianbiao fill", "新填一张表"),
        ("tianbiao fill 2020-热线", "接着填这一份"),
        ("tianbiao fill --plain 2020-热线", "逐行问答地接着填"),
    ),
    "import": (
        ("tianbiao import 去年的表.xlsx", "一个文件"),
        ("tianbiao import 下载/*.html", "许多文件"),
        ("cat 表.txt | tianbiao import -", "由管道"),
    ),
    "show": (
        ("tianbiao show 2020-热线", "整张表"),
        ("tianbiao show 2020-热线 --json", "给别的程序读"),
    ),
    "new": (
        ("tianbiao new --year 2021 --name 热线线路租用费", "一份空记录"),
        ("tianbiao new --from 2020-热线", "由去年的结转"),
        ("tianbiao new --like 2021-热线 --name 网格终端通信费", "照这一份另起一个项目"),
    ),
    "diff": (("tianbiao diff 2020-热线 2021-热线", "今年比去年改了什么"),),
    "collect": (
        ("tianbiao collect --to csv -o 汇总", "默认文件夹里的全部记录"),
        ("tianbiao collect 各科室 --to parquet -o 汇总", "别的文件夹，给 DuckDB 读"),
    ),
    "entry": (
        ("tianbiao entry 2020-热线", "按网页的次序打印"),
        ("tianbiao entry 2020-热线 -o 录入.txt", "写成文件"),
    ),
    "export": (
        ("tianbiao export --to list", "有哪些格式"),
        ("tianbiao export 2020-热线 --to docx", "写成 Word"),
        ("tianbiao export 2020-热线 --to md -o -", "打印到标准输出"),
    ),
    "check": (
        ("tianbiao check 2020-热线", "审一遍"),
        ("tianbiao check 2020-热线 --fix", "有把握的直接改好"),
        ("tianbiao check 2020-热线 --table 审核表.docx", "填好《项目支出绩效目标审核表》"),
        ("tianbiao check 各科室 --json --min-severity error", "整个文件夹，只要错误"),
    ),
    "suggest": (
        ("tianbiao suggest 2020-热线", "每格推荐几条"),
        ("tianbiao suggest 2020-热线 --slot 产出目标/数量 -n 3", "只看一格"),
        ("tianbiao suggest 2020-热线 --coverage", "还该补哪一条"),
        ("tianbiao suggest --jsonl 项目.jsonl -n 3", '一批项目，一行一个：{"project": "路灯维修"}'),
    ),
    "library": (
        ("tianbiao library search 光纤", "搜索"),
        ("tianbiao library show 预算执行率", "一条的说明"),
    ),
    "library search": (
        ("tianbiao library search 线路 租用 -n 5", "两个词"),
        ("tianbiao library search zjdwl --slot 投入管理", "拼音首字母，只找一格"),
    ),
    "library show": (("tianbiao library show 预算执行率", "释义、算法、佐证、常见错误"),),
    "library stats": (("tianbiao library stats --json", "各格各领域的条数"),),
    "library check": (("tianbiao library check 本单位.toml", "交给别人之前查一遍"),),
    "library format": (("tianbiao library format 本单位.toml --write", "按统一格式重排"),),
    "library new": (("tianbiao library new --slot 数量 --sector 通信费", "打印一个待填的条目"),),
    "learn": (
        ("tianbiao learn", "练习：错过的、该复习的、没做过的，自动挑"),
        ("tianbiao learn 1", "第1课；课号、课名、tour（导览）、题型（归类）、题号都行"),
        ("tianbiao learn exam --seed 7 -n 20 --out 试卷.md", "试卷、答案和答题文件，同一种子人人相同"),
        ("tianbiao learn grade --jsonl 答题.jsonl --json", "一行一题地评分，- 表示标准输入"),
        ("tianbiao learn progress", "自己的进度"),
        ("tianbiao learn report 文件夹 --csv", "全班的进度"),
    ),
    "list": (
        ("tianbiao list", "一行一份：文件名、年份、名称、金额、填了多少"),
        ("tianbiao list --json | jq -r .path", "每份文件的路径，给脚本用"),
    ),
    "history": (
        ("tianbiao history 2020-热线", "有哪些从前的样子"),
        ("tianbiao history 2020-热线 --diff 3", "第3号和现在有什么不同"),
        ("tianbiao history 2020-热线 --restore 3", "恢复到第3号"),
    ),
    "trash": (
        ("tianbiao trash", "回收文件夹里有什么"),
        ("tianbiao trash --restore 2020-热线", "取回这一份"),
    ),
    "paths": (("tianbiao paths", "记录、指标库、配置各在哪里"),),
    "config": (
        ("tianbiao config", "现在用的配置，各从哪里来"),
        ("tianbiao config --init", "写一份带说明的样本"),
    ),
    "keys": (
        ("tianbiao keys", "按一个键，看到达的是什么"),
        ("tianbiao keys --list", "全部动作和它们的键"),
    ),
    "completion": (
        ('eval "$(tianbiao completion bash)"', "写进 ~/.bashrc"),
        ('eval "$(tianbiao completion zsh)"', "写进 ~/.zshrc"),
        ("tianbiao completion fish > ~/.config/fish/completions/tianbiao.fish", "fish，写一次就行"),
    ),
    "help": (
        ("tianbiao help export", "一个命令的帮助"),
        ("tianbiao help library search", "命令下面的命令"),
    ),
}
"""By the words of the command: what to type, and what that does."""

EXIT_CODES = "退出码：0 正常；1 有要看的（检查有错误，两份不同，没有找到，有题评不了）；2 用法不对；3 读不了或写不成；130 被中断。"
