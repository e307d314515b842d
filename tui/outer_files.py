"""Files of others read whole, but never more of them than a form can be. Free of Textual."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from domain import bounded
from domain.exchange.limits import MAX_FILE
from domain.exchange.types import ImportProblem
from domain.records.atomic import reason

TOO_LARGE = f"文件超过 {MAX_FILE // 1_000_000} MB 的上限，不像填报表。请只留下表格部分再导入。"


def read_file(path: Path) -> bytes:
    """The bytes of a file; raises ImportProblem for one that cannot be a form, and says what to do."""
    try:
        return bounded.read(path, MAX_FILE)
    except bounded.NotAFileError as error:
        raise ImportProblem("这不是普通文件。请选表格所在的文件，或把表格的文字粘贴进来。") from error
    except bounded.TooLargeError as error:
        raise ImportProblem(TOO_LARGE) from error
    except OSError as error:
        raise ImportProblem(f"读不了：{reason(error)}。请核对路径，或换一个文件。") from error


def read_stream(stream: BinaryIO) -> bytes:
    """The bytes of a stream; raises ImportProblem where there are more than a form can have, and OSError."""
    data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise ImportProblem(TOO_LARGE)
    return data
