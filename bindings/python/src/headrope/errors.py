# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""What goes wrong, one exception for each status of the C API.

All are `HeadropeError`, and each is also the exception of Python that says the
same: what is not found is a `LookupError`, a file that cannot be read an
`OSError`, data that breaks a rule a `ValueError`. The names are those of the C
API: `HEADROPE_E_UNIT_UNKNOWN` is `UnitUnknownError`. The tests compare this
list with the header; docs/errors.md has the cause and the cure of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from headrope.findings import Findings


class HeadropeError(Exception):
    """What all exceptions of Headrope are.

    Attributes
    ----------
    status : int
        The status of the C API; 0 for an exception that only Python has.
    id : str
        What the documentation explains, such as ``HDR-LOAD-118``.
    message : str
        One line that says what is wrong.
    file : str or None
        The file of the package or pack that is wrong, as the package names it.
    row : int or None
        The row or line in it; the header of a table is row 1.
    column : str or None
        The column in it.
    findings : Findings or None
        All that was found, if the call looked for more than the first error.
    """

    status: ClassVar[int] = 0

    def __init__(self, message: str = "", *, id: str = "", file: str | None = None,
                 row: int | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.id = id
        self.message = message
        self.file = file
        self.row = row
        self.column = column
        self.findings: Findings | None = None

    def __str__(self) -> str:
        place = [self.file or ""]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column}")
        where = " ".join(filter(None, place))
        said = f"{where}: {self.message}" if where else self.message
        return f"{self.id}: {said}" if self.id else said


class ClosedError(HeadropeError, ValueError):
    """Something was asked of an object that was closed."""


class BusyError(HeadropeError, RuntimeError):
    """A registry was asked by what one of its own calls calls: a progress
    function, an Arrow stream."""


class InternalError(HeadropeError, RuntimeError):
    """A fault of the library itself (`HDR-BASE-001`)."""

    status = 1


class OutOfMemoryError(HeadropeError, MemoryError):
    """No memory left (`HDR-BASE-002`)."""

    status = 2


class CancelledError(HeadropeError, RuntimeError):
    """Stopped by the caller (`HDR-BASE-003`)."""

    status = 3


class InvalidArgumentError(HeadropeError, ValueError):
    """Argument not allowed (`HDR-BASE-004`)."""

    status = 4


class NotFoundError(HeadropeError, LookupError):
    """Nothing of that name (`HDR-BASE-005`)."""

    status = 5


class LimitExceededError(HeadropeError, ValueError):
    """A stated limit passed (`HDR-BASE-007`)."""

    status = 7


class NullArgumentError(HeadropeError, TypeError):
    """Argument is NULL (`HDR-BASE-008`)."""

    status = 8


class StructUnsupportedError(HeadropeError, RuntimeError):
    """Option of a newer version (`HDR-BASE-009`)."""

    status = 9


class BufferTooSmallError(HeadropeError, BufferError):
    """Buffer is too small (`HDR-BASE-010`)."""

    status = 10


class NotAFolderError(HeadropeError, NotADirectoryError):
    """Package is not a folder (`HDR-LOAD-101`)."""

    status = 101


class FileUnreadableError(HeadropeError, OSError):
    """File cannot be read (`HDR-LOAD-102`)."""

    status = 102


class DescriptorInvalidError(HeadropeError, ValueError):
    """Datapackage.json is not as it should be (`HDR-LOAD-103`)."""

    status = 103


class FormatUnsupportedError(HeadropeError, ValueError):
    """Unknown version of the format (`HDR-LOAD-104`)."""

    status = 104


class TableMissingError(HeadropeError, LookupError):
    """A table is missing (`HDR-LOAD-105`)."""

    status = 105


class TableUnknownError(HeadropeError, LookupError):
    """Table is not known (`HDR-LOAD-106`)."""

    status = 106


class ColumnMissingError(HeadropeError, LookupError):
    """A column is missing (`HDR-LOAD-107`)."""

    status = 107


class ColumnUnknownError(HeadropeError, LookupError):
    """Column is not known (`HDR-LOAD-108`)."""

    status = 108


class ColumnRepeatedError(HeadropeError, ValueError):
    """Column named twice (`HDR-LOAD-109`)."""

    status = 109


class FileEmptyError(HeadropeError, ValueError):
    """File has no header line (`HDR-LOAD-110`)."""

    status = 110


class RowRaggedError(HeadropeError, ValueError):
    """Row has another number of fields than the header (`HDR-LOAD-111`)."""

    status = 111


class QuoteStrayError(HeadropeError, ValueError):
    """Quote inside a plain field (`HDR-LOAD-112`)."""

    status = 112


class QuoteUnclosedError(HeadropeError, ValueError):
    """Quote is never closed (`HDR-LOAD-113`)."""

    status = 113


class FieldTooLongError(HeadropeError, ValueError):
    """Field is too long (`HDR-LOAD-114`)."""

    status = 114


class TextNotUtf8Error(HeadropeError, UnicodeError):
    """Text is not UTF-8 (`HDR-LOAD-115`)."""

    status = 115


class TextNotGb18030Error(HeadropeError, UnicodeError):
    """Text is not GB18030 (`HDR-LOAD-116`)."""

    status = 116


class ValueMissingError(HeadropeError, ValueError):
    """A value is missing (`HDR-LOAD-117`)."""

    status = 117


class ValueNotADateError(HeadropeError, ValueError):
    """Not a date (`HDR-LOAD-118`)."""

    status = 118


class ValueNotANumberError(HeadropeError, ValueError):
    """Not a number (`HDR-LOAD-119`)."""

    status = 119


class ValueOutOfRangeError(HeadropeError, ValueError):
    """Value out of range (`HDR-LOAD-120`)."""

    status = 120


class ValueNotInListError(HeadropeError, ValueError):
    """Value is not one of the allowed words (`HDR-LOAD-121`)."""

    status = 121


class PathRefusedError(HeadropeError, PermissionError):
    """Path leaves the package or is a link (`HDR-LOAD-122`)."""

    status = 122


class EncodingUnsupportedError(HeadropeError, LookupError):
    """Encoding is not supported (`HDR-LOAD-123`)."""

    status = 123


class FileDamagedError(HeadropeError, ValueError):
    """Freeze file is damaged (`HDR-LOAD-140`)."""

    status = 140


class FileUnwritableError(HeadropeError, OSError):
    """File cannot be written (`HDR-LOAD-141`)."""

    status = 141


class KindUnknownError(HeadropeError, LookupError):
    """Kind is not known (`HDR-MODEL-201`)."""

    status = 201


class UnitUnknownError(HeadropeError, LookupError):
    """Unit is not known (`HDR-MODEL-202`)."""

    status = 202


class PersonUnknownError(HeadropeError, LookupError):
    """Person is not known (`HDR-MODEL-203`)."""

    status = 203


class PostUnknownError(HeadropeError, LookupError):
    """Post is not known (`HDR-MODEL-204`)."""

    status = 204


class DutyUnknownError(HeadropeError, LookupError):
    """Duty is not known (`HDR-MODEL-205`)."""

    status = 205


class RoleUnknownError(HeadropeError, LookupError):
    """Role is not known (`HDR-MODEL-206`)."""

    status = 206


class MeasureUnknownError(HeadropeError, LookupError):
    """Measure is not known (`HDR-MODEL-207`)."""

    status = 207


class HierarchyUnknownError(HeadropeError, LookupError):
    """Hierarchy is not known (`HDR-MODEL-208`)."""

    status = 208


class RecordUnknownError(HeadropeError, LookupError):
    """Record is not known (`HDR-MODEL-209`)."""

    status = 209


class IdentityInvalidError(HeadropeError, ValueError):
    """Identity is empty, too long or not text (`HDR-MODEL-210`)."""

    status = 210


class IdentityRepeatedError(HeadropeError, ValueError):
    """Identity given twice (`HDR-MODEL-211`)."""

    status = 211


class VocabularyContradictedError(HeadropeError, ValueError):
    """Entry says otherwise than one already there (`HDR-MODEL-212`)."""

    status = 212


class IntervalReversedError(HeadropeError, ValueError):
    """End is not after the start (`HDR-MODEL-213`)."""

    status = 213


class StatesOverlapError(HeadropeError, ValueError):
    """Two states of a unit on one day (`HDR-MODEL-214`)."""

    status = 214


class ParentsOverlapError(HeadropeError, ValueError):
    """Same link twice, or two parents, on one day (`HDR-MODEL-215`)."""

    status = 215


class MembershipsOverlapError(HeadropeError, ValueError):
    """A person twice in one unit on one day (`HDR-MODEL-216`)."""

    status = 216


class PrimaryMembershipsOverlapError(HeadropeError, ValueError):
    """Two primary memberships on one day (`HDR-MODEL-217`)."""

    status = 217


class AttributesOverlapError(HeadropeError, ValueError):
    """Two values of an attribute on one day (`HDR-MODEL-218`)."""

    status = 218


class KindNotAllowedError(HeadropeError, ValueError):
    """Kind may not stand there in the hierarchy (`HDR-MODEL-219`)."""

    status = 219


class SubjectMissingError(HeadropeError, ValueError):
    """Record names neither unit nor person (`HDR-MODEL-220`)."""

    status = 220


class AttendanceRepeatedError(HeadropeError, ValueError):
    """A person twice at one record (`HDR-MODEL-221`)."""

    status = 221


class HoldersTooManyError(HeadropeError, ValueError):
    """More holders than seats (`HDR-MODEL-222`)."""

    status = 222


class OutsideLifeError(HeadropeError, ValueError):
    """Row outside the life of its unit (`HDR-MODEL-223`)."""

    status = 223


class SelfLinkError(HeadropeError, ValueError):
    """Unit linked to itself (`HDR-MODEL-225`)."""

    status = 225


class PostAbsentError(HeadropeError, ValueError):
    """Row outside the days of its post (`HDR-MODEL-226`)."""

    status = 226


class HolderNotAllowedError(HeadropeError, ValueError):
    """Holder that its role does not allow (`HDR-MODEL-227`)."""

    status = 227


class OfficeCircleError(HeadropeError, ValueError):
    """Offices that follow each other in a circle (`HDR-MODEL-228`)."""

    status = 228


class HolderUnknownError(HeadropeError, LookupError):
    """Holder that a pack names and the data does not (`HDR-MODEL-229`)."""

    status = 229


class CycleError(HeadropeError, ValueError):
    """Units stand below themselves (`HDR-FREEZE-301`)."""

    status = 301


class CycleBrokenError(HeadropeError, ValueError):
    """A cycle was broken at its youngest link (`HDR-FREEZE-302`)."""

    status = 302


class OrphanError(HeadropeError, ValueError):
    """Unit without a living parent (`HDR-FREEZE-303`)."""

    status = 303


class DepthExceededError(HeadropeError, ValueError):
    """Hierarchy too deep (`HDR-FREEZE-305`)."""

    status = 305


class ParentsTooManyError(HeadropeError, ValueError):
    """More parents than the hierarchy allows (`HDR-FREEZE-306`)."""

    status = 306


class PathsTooManyError(HeadropeError, ValueError):
    """Too many paths through several parents (`HDR-FREEZE-307`)."""

    status = 307


class RuleInvalidError(HeadropeError, ValueError):
    """Rule is not complete (`HDR-RULE-401`)."""

    status = 401


class ReductionRefusedError(HeadropeError, ValueError):
    """Measure may not be reduced this way (`HDR-RULE-402`)."""

    status = 402


class WindowInvalidError(HeadropeError, ValueError):
    """Window holds no days (`HDR-RULE-403`)."""

    status = 403


class PackInvalidError(HeadropeError, ValueError):
    """Pack is not well formed (`HDR-RULE-404`)."""

    status = 404


class YamlInvalidError(HeadropeError, ValueError):
    """File is not plain YAML (`HDR-RULE-405`)."""

    status = 405


class KeyUnknownError(HeadropeError, ValueError):
    """Key is not known here (`HDR-RULE-406`)."""

    status = 406


class KeyRepeatedError(HeadropeError, ValueError):
    """Key stands twice (`HDR-RULE-407`)."""

    status = 407


class KeyMissingError(HeadropeError, LookupError):
    """Key is missing (`HDR-RULE-408`)."""

    status = 408


class ReferenceRefusedError(HeadropeError, ValueError):
    """Anchors, aliases, tags and merge keys are refused (`HDR-RULE-409`)."""

    status = 409


class ParameterUnknownError(HeadropeError, LookupError):
    """Parameter does not exist (`HDR-RULE-410`)."""

    status = 410


class ParameterRepeatedError(HeadropeError, ValueError):
    """Parameter has two values for one day (`HDR-RULE-411`)."""

    status = 411


class ClauseMissingError(HeadropeError, ValueError):
    """Clause is missing (`HDR-RULE-412`)."""

    status = 412


class RuleUnknownError(HeadropeError, LookupError):
    """Rule does not exist (`HDR-RULE-413`)."""

    status = 413


class RuleRepeatedError(HeadropeError, ValueError):
    """Rule stands twice (`HDR-RULE-414`)."""

    status = 414


class RuleCycleError(HeadropeError, ValueError):
    """Rules refer to each other (`HDR-RULE-415`)."""

    status = 415


class ThingMismatchError(HeadropeError, ValueError):
    """This cannot be asked of that (`HDR-RULE-416`)."""

    status = 416


class OverlayCycleError(HeadropeError, ValueError):
    """Overlays stand on each other (`HDR-RULE-417`)."""

    status = 417


class OverlayTooEarlyError(HeadropeError, ValueError):
    """Overlay changes days before its own first (`HDR-RULE-418`)."""

    status = 418


class PackUnknownError(HeadropeError, LookupError):
    """Pack does not exist (`HDR-RULE-419`)."""

    status = 419


class CaseInvalidError(HeadropeError, ValueError):
    """Case is not well formed (`HDR-RULE-420`)."""

    status = 420


class SumOverflowError(HeadropeError, OverflowError):
    """Sum beyond 64 bits (`HDR-ANSWER-501`)."""

    status = 501


BY_STATUS: dict[int, type[HeadropeError]] = {
    kind.status: kind for kind in HeadropeError.__subclasses__() if kind.status
}
"""The exception of each status."""
