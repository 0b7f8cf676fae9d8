"""The entry point of `anjuan`: gathers the commands and turns every ending into an exit code."""

import importlib
import os
import pkgutil
import sys
import traceback

import typer

import infra.cli
from infra.cli.exits import Exit, Stop, leave
from infra.settings import BadSettingsError


def build(first_word: str = "") -> typer.Typer:
    """Return the command with every group and command of this package.

    A group is told from `first_word` where its module has that name: then it is loaded alone, with
    the modules that add to it, for all of them take most of a second.
    """
    root = typer.Typer(
        name="anjuan",
        help="案卷 · vocational-skill evaluation cases, run as law has it.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    found = sorted(one.name for one in pkgutil.iter_modules(infra.cli.__path__))
    public = [name for name in found if not name.startswith("_")]
    wanted = [name for name in public if f"{name}_".startswith(f"{first_word}_")]
    for name in wanted if first_word in public else public:
        module = importlib.import_module(f"infra.cli.{name}")
        if isinstance(part := getattr(module, "app", None), typer.Typer):
            root.add_typer(part)
    return root if root.registered_groups else build()  # the word is a module's name, no group's


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; nothing but a defect of ours escapes."""
    try:
        build(*arguments[:1])(args=arguments, prog_name="anjuan")
    except SystemExit as end:
        return _code_of(end)
    except Stop as stop:
        _tell(stop.code, stop.message)
        return stop.exit_code
    except BadSettingsError as error:
        _tell(error.code, str(error))
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough: `anjuan … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.OK


def main() -> None:
    """Run `anjuan` with the arguments of this process.

    However a command ends, refused ones included: its exit code is the one it chose. A defect of
    ours leaves its trace, and 1.
    """
    try:
        exit_code = run(sys.argv[1:])
    except Exception:  # noqa: BLE001  – told whole; else the interpreter's own end might drown it
        traceback.print_exc()
        exit_code = Exit.FAILURE
    leave(exit_code)


def _code_of(end: SystemExit) -> int:
    return end.code if isinstance(end.code, int) else Exit.FAILURE if end.code else Exit.OK


def _tell(code: str, message: str) -> None:
    sys.stderr.write(f"{message}\n[{code}]\n")
