"""Learning the form (学习): lessons, exercises made from library, rules and examples, grading, progress. Free of any face.

`Material` is what everything is made from; `ask`, `grade` and `key` deal with one exercise; `Trainer` leads through a sitting;
`exam`, `grade_lines` and `report` are what headless commands print.
"""

from domain.training.course import TOUR, Lesson, find_lesson
from domain.training.exercise import Exercise, ExerciseError, Graded
from domain.training.grading_lines import grade_lines
from domain.training.material import Material, MaterialError
from domain.training.paper import Paper, exam
from domain.training.practice import ask, exported, grade, key
from domain.training.progress import Progress
from domain.training.progress_file import ProgressFile
from domain.training.report import Report, progress_lines, report
from domain.training.trainer import Mode, Question, Reply, Trainer

__all__ = [
    "TOUR",
    "Exercise",
    "ExerciseError",
    "Graded",
    "Lesson",
    "Material",
    "MaterialError",
    "Mode",
    "Paper",
    "Progress",
    "ProgressFile",
    "Question",
    "Reply",
    "Report",
    "Trainer",
    "ask",
    "exam",
    "exported",
    "find_lesson",
    "grade",
    "grade_lines",
    "key",
    "progress_lines",
    "report",
]
