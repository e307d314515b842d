"""Office files looked at before any library opens them: sizes, zip bombs and XML entities (压缩炸弹、实体炸弹)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from domain.exchange.limits import MAX_FILE, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED
from domain.exchange.types import ImportProblem

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SAFE_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"utf8")


def opened(data: bytes, what: str) -> zipfile.ZipFile:
    """The zip of an office file, safe to hand on; raises ImportProblem. `what` names the file to people: Word 文件."""
    if len(data) > MAX_FILE:
        raise ImportProblem(
            f"{what}有 {len(data) // 1_000_000} MB，超过 {MAX_FILE // 1_000_000} MB 的上限。请删去图片等附件，只留表格再导入。"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        _check_sizes(members, what)
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                _check_xml(archive.read(member), what, member.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise ImportProblem(
            f"{what}损坏或有密码，打不开。请用 Office 或 WPS 打开后另存一份（去掉密码）再导入。"
        ) from error
    return archive


def _check_sizes(members: list[zipfile.ZipInfo], what: str) -> None:
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > MAX_MEMBERS or total > MAX_UNPACKED or (total > 5_000_000 and total / packed > MAX_RATIO):
        raise ImportProblem(
            f"{what}解开后有 {total // 1_000_000} MB、{len(members)} 个部件，不像正常的表格（可能是压缩炸弹），没有读。请核对文件来源。"
        )


def _check_xml(content: bytes, what: str, name: str) -> None:
    declared = _DECLARED.match(content.lstrip(b"\xef\xbb\xbf"))
    encoding = declared[1].lower() if declared else b"utf-8"
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
    if wide:
        content = content.replace(b"\0", b"")
    starts = content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") or not content.strip()
    if not starts or encoding not in _SAFE_ENCODINGS:
        raise ImportProblem(f"{what}的部件 {name} 编码异常，没有读。请用 Office 或 WPS 打开后另存一份再导入。")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ImportProblem(
            f"{what}的部件 {name} 里有实体定义（正常的办公文件没有），为安全起见没有读。请用 Office 或 WPS 另存一份再导入。"
        )
