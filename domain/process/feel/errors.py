"""Why an expression may not be loaded, with the column at which a reader should look."""

from typing import Literal, Self


class ExpressionError(ValueError):
    """An expression that may not be loaded; the message is Chinese and English."""

    def __init__(
        self,
        zh: str,
        en: str,
        *,
        column: int = 0,
        rule: Literal["expression.syntax", "expression.function"] = "expression.syntax",
    ) -> None:
        place = (f"第 {column} 列：", f"column {column}: ") if column else ("", "")
        super().__init__(f"{place[0]}{zh} · {place[1]}{en}")
        self.rule, self.column = rule, column  # column from 1; 0: the whole expression is meant

    @classmethod
    def unreadable(cls, column: int) -> Self:
        """Return the error of a text that makes no sense from `column` on."""
        return cls("从这里起无法解读", "cannot be read from here", column=column)

    @classmethod
    def too_long(cls, most: int) -> Self:
        """Return the error of an expression with too many characters or parts."""
        return cls(f"过长，最多 {most} 个字符", f"longer than {most} characters")

    @classmethod
    def unknown_function(cls, name: str, column: int) -> Self:
        """Return the error of a call to what is not in the list."""
        return cls(
            f"没有函数 {name}",
            f"there is no function {name!r}",
            column=column,
            rule="expression.function",
        )
