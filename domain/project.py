"""The form's head (项目基本信息): who asks for what, under which codes, when and with which switches."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from domain.fields import Kind, Spec


@dataclass(frozen=True, slots=True)
class Coded:
    """An entry of a code table (编码项), shown as [30207]邮电费; either part may be empty in a draft."""

    code: str
    name: str

    def __str__(self) -> str:
        return f"[{self.code}]{self.name}" if self.code else self.name


@dataclass(frozen=True, slots=True)
class Project:
    """Head of the declaration; every field may be None or empty in a draft."""

    year: Annotated[
        int | None,
        Spec(
            label="年份",
            kind=Kind.YEAR,
            hint="这笔预算属于哪一年？",
            guide="填预算年度，也就是钱在哪一年花，不是今天填表的年份。下半年编明年预算时，填明年。",
            why="财政按预算年度归档和下达；年份错了，整张表会进到另一年的批次里。",
            good="2021（2020年秋天编制2021年预算）",
            bad="2020（把填表当年写上去了）",
            mistake="秋季编下一年预算时，习惯性写成当年。",
            recurring=True,
            aliases=("年度", "预算年度", "预算年份"),
        ),
    ] = None
    unit: Annotated[
        str,
        Spec(
            label="预算单位",
            kind=Kind.TEXT,
            hint="哪个单位申请这笔钱？写部门预算里的标准全称。",
            guide="写基层预算单位的全称，与部门预算系统里的单位名称一致。同一单位的各张表要写得一模一样。",
            why="审核人按单位名称把几张表放在一起看，简称不一会被当成两个单位。",
            good="区社会治理服务中心",
            bad="中心",
            mistake="这张写简称、那张写全称，汇总时对不上。",
            recurring=True,
            aliases=("单位名称", "项目单位", "申报单位", "实施单位"),
            mistaken=(("项目", "工程", "经费", "费用", "补助", "补贴", "购置", "维修", "改造"), "项目名称"),
        ),
    ] = ""
    name: Annotated[
        str,
        Spec(
            label="项目名称",
            kind=Kind.TEXT,
            required=True,
            max_chars=100,
            hint="项目叫什么？对象＋动作＋“费”或“项目”，与部门预算一致。",
            guide="一张表一个项目。名称里写清对什么做什么，例如“热线话务专线租用费”。不写年份和金额，不用顿号把两个项目连在一起，"
            "一般不超过40字。名称里的关键词应当在概况和指标里再次出现。",
            why="名称是全表的钥匙：审核人先看名称，再到概况、指标里找同一件事；系统推荐指标也从它开始。",
            good="网格通信终端通信费补助",
            bad="2020年网格通资费、信息员话费补助（9.8万元）",
            mistake="两个项目用顿号并成一个；名称写“升级”，正文却从头到尾没有升级的内容。",
            mistaken=(
                ("局", "委员会", "办公室", "人民政府", "街道办事处", "法院", "检察院", "小学", "中学"),
                "单位名称",
            ),
        ),
    ] = ""
    category: Annotated[
        Coded | None,
        Spec(
            label="项目类别",
            kind=Kind.CODED,
            hint="在项目分类树上属于哪一类？选一个；本地另有编码的写“[编码]名称”。",
            guide="列出的四类是全国通用的分法。本地预算系统另有项目分类的，照那里的编码和名称写，例如“[003001007036]其他”；"
            "能选到具体类别就不要选“其他”。",
            why="类别决定这张表由哪个科室审、套用哪套标准。",
            good="[003001007036]其他",
            bad="其他（只因为上次也是“其他”）",
            mistake="有更贴切的类别，仍习惯性选“其他”。",
            choices=("特定目标类项目", "其他运转类项目", "公用经费项目", "人员类项目"),
            recurring=True,
        ),
    ] = None
    nature: Annotated[
        str,
        Spec(
            label="项目性质",
            kind=Kind.CHOICE,
            hint="每年都做、只做一次，还是分几年做完？",
            guide="经常性项目：每年同样的工作都要花钱；一次性项目：今年做完就结束；阶段性项目：固定几年，到期结束。"
            "升级、新建、一次购置通常不是经常性。",
            why="性质决定要不要看上年数：经常性项目上年预算和执行数空着，审核人一定会问。",
            good="线路租用每年续租 → 经常性项目",
            bad="平台升级 → 经常性项目",
            mistake="一次性的建设、升级填成经常性，又拿不出上年数。",
            choices=("经常性项目", "一次性项目", "阶段性项目"),
            spoken=("每年 年年 常年 长期", "只做一次 一次做完 就一次", "分几年 分年 跨年 几年做完"),
        ),
    ] = ""
    has_subprojects: Annotated[
        bool | None,
        Spec(
            label="是否包含二级项目",
            kind=Kind.YES_NO,
            hint="下面还分不分二级项目？多数项目填“否”。",
            guide="填“是”时，每个二级项目要另填一张表，本表只写汇总情况。",
            why="填“是”而没有二级项目的表，材料会被认为不完整。",
            good="否",
            bad="是（但没有附二级项目的表）",
            mistake="把概况里的几项内容当成了二级项目。",
            aliases=("是否含二级项目",),
        ),
    ] = None
    functional_subjects: Annotated[
        tuple[Coded, ...],
        Spec(
            label="功能科目",
            kind=Kind.SUBJECTS,
            table="functional",
            hint="这笔钱履行什么政府职能？7位编码；可用编码、名称或拼音首字母查。",
            guide="功能分类科目说明“政府在做什么”，类3位＋款2位＋项2位共7位。有具体的“项”就不用“99其他”。同一科目写一次即可。",
            why="审核人拿功能科目对照产出指标：科目说的事，产出里应当看得到。",
            good="[2010308]信访事务",
            bad="[2019999]其他一般公共服务支出，连写三遍",
            mistake="同一编码重复填写；有合适的“项”仍填“其他”。",
            recurring=True,
            aliases=("支出功能科目", "功能分类科目", "支出功能分类"),
        ),
    ] = ()
    economic_subjects: Annotated[
        tuple[Coded, ...],
        Spec(
            label="部门经济科目",
            kind=Kind.SUBJECTS,
            table="economic",
            hint="钱具体买什么？5位编码；可用编码、名称或拼音首字母查，如 ydf。",
            guide="部门经济分类科目说明“买的是什么”：通信费用多在30207邮电费，租赁在30214，维修（护）在30213，"
            "设备购置在309、310。拿不准就问本单位财务。",
            why="经济科目与成本指标互相印证；科目与内容对不上，可能被要求调整科目。",
            good="租宽带、交话费 → [30207]邮电费",
            bad="购置468台终端 → [30299]其他商品和服务支出",
            mistake="买设备填商品服务类科目；租专用线路分不清邮电费和租赁费。",
            recurring=True,
            aliases=("经济科目", "经济分类科目", "部门经济分类科目", "支出经济分类"),
        ),
    ] = ()
    filler: Annotated[
        str,
        Spec(
            label="填报人",
            kind=Kind.TEXT,
            max_chars=20,
            hint="谁填的这张表？审核人有问题会找这个人。",
            guide="写能回答审核人问题的经办人姓名，一般是业务科室的人。",
            why="审核时要打电话核实，找不到人会耽误批复。",
            good="经办人的姓名",
            bad="办公室",
            mistake="写成科室名，电话打过去没人接得上话。",
            recurring=True,
        ),
    ] = ""
    phone: Annotated[
        str,
        Spec(
            label="联系电话",
            kind=Kind.PHONE,
            max_chars=30,
            hint="填报人的电话：7至8位座机、带区号的座机，或11位手机。",
            guide="写打得通的办公电话或手机；外地审核时带上区号，例如 0631-5970000。",
            why="审核人照这个号码核实数字。",
            good="0631-5970000",
            bad="见通讯录",
            mistake="少一位数字，或写了总机却没有分机。",
            recurring=True,
            aliases=("电话", "联系方式", "填报人电话"),
        ),
    ] = ""
    start_date: Annotated[
        datetime.date | None,
        Spec(
            label="开始时间",
            kind=Kind.DATE,
            required=True,
            hint="项目从哪天开始？如 2020-1-1、1月1日；全年项目直接写“全年”。",
            guide="经常性项目一般从1月1日到12月31日；写“全年”会同时填好开始和结束时间。",
            why="时效指标要落在这段时间里；跨年的经常性项目会被退回。",
            good="2020-01-01",
            bad="2020年初",
            mistake="开始时间写成合同签订日，与实施计划对不上。",
            recurring=True,
            aliases=("计划开始日期", "项目开始时间", "开始日期"),
        ),
    ] = None
    end_date: Annotated[
        datetime.date | None,
        Spec(
            label="结束时间",
            kind=Kind.DATE,
            required=True,
            hint="项目到哪天结束？如 12月31日。",
            guide="经常性项目不出预算年度；阶段性、一次性项目可以跨年，写到真正完工的那天。",
            why="结束时间早于时效指标里的日期，会被当成错误退回。",
            good="2020-12-31",
            bad="2019-12-31（比开始时间还早）",
            mistake="沿用上年的表，忘了改年份。",
            recurring=True,
            aliases=("计划完成日期", "项目结束时间", "结束日期"),
        ),
    ] = None
    procurement: Annotated[
        bool | None,
        Spec(
            label="是否包含政府采购",
            kind=Kind.YES_NO,
            hint="有没有要走政府采购的货物、工程或服务？",
            guide="只要有一部分在集中采购目录内，或达到当地采购限额标准，就填“是”。限额由各地规定，拿不准问财政采购科。",
            why="填“是”，项目管理、时效、质量里都应当有采购和验收的指标。",
            good="购置终端468部 → 是",
            bad="正文写“公开招标”，这里填否",
            mistake="填“是”却没有任何采购指标；填“否”正文里却在购置设备。",
        ),
    ] = None
    five_expenses: Annotated[
        bool | None,
        Spec(
            label="是否包含五项经费",
            kind=Kind.YES_NO,
            hint="有没有出国（境）、公务接待、公务用车、会议、培训这几类经费？",
            guide="各地说法略有不同，一般指因公出国（境）费、公务接待费、公务用车购置及运行费、会议费、培训费。以本地口径为准（参考）。",
            why="这几项单独控制总额，填错会影响全单位的限额。",
            good="只交通信费 → 否",
            bad="经济科目是30216培训费，这里填否",
            mistake="科目用了会议费、培训费，开关却填“否”。",
        ),
    ] = None
