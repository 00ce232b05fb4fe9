"""The command line: `python -m kapjournal serve`, `demo`, `secret`, `accept-secret`."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from kapjournal.errors import KapjournalError, SettingsRefused
from kapjournal.settings import new_secret, read_settings

APP = Path(__file__).resolve().parent.parent / "app.py"
SECRETS = APP.parent / ".streamlit" / "secrets.toml"


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it did what it says, 2 with a sentence when it refuses."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except KapjournalError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kapjournal")
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="start the server; prints its address")
    serve.set_defaults(run=_serve)
    demo = commands.add_parser(
        "demo", help="fill a fresh database with an invented course; prints two sign-ins as JSON"
    )
    demo.add_argument("--data", type=Path, help="the folder for the database (default: a new temporary one)")
    demo.add_argument("--years", type=float, default=1.0)
    demo.add_argument("--canary", default="", help="a word to put into every text")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--serve", action="store_true", help="then start the server on it")
    demo.set_defaults(run=_demo)
    secret = commands.add_parser("secret", help="print a fresh server secret")
    secret.set_defaults(run=lambda _options: print(new_secret()))
    accept = commands.add_parser(
        "accept-secret", help="go on with another server secret after a restore without the old one"
    )
    accept.set_defaults(run=_accept_secret)
    return parser


def _serve(_options: argparse.Namespace) -> None:
    from kapjournal.application import application
    from kapjournal.serving import serve

    # Opened here, what is wrong is said before anybody comes, and the first one need not wait.
    settings = application(_secrets).settings
    serve(APP, host=settings.host, port=settings.port)


def _demo(options: argparse.Namespace) -> None:
    from kapjournal.demo import fill

    data = options.data or Path(tempfile.mkdtemp(prefix="kapjournal-demo-"))
    os.environ["KAPJOURNAL_DATA"] = str(data)
    people = fill(read_settings(os.environ), years=options.years, canary=options.canary, seed=options.seed)
    print(json.dumps(people), flush=True)
    if options.serve:
        _serve(options)


def _accept_secret(_options: argparse.Namespace) -> None:
    from kapjournal.application import accept_secret

    accept_secret(read_settings(os.environ, _secrets()))
    print("The server secret is accepted. Everybody comes back with their recovery code.")


def _secrets() -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(SECRETS.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsRefused(f"{SECRETS} cannot be read: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
