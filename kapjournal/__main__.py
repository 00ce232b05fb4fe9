"""The command line, `python -m kapjournal`: `serve`, `demo`, `secret`, `content`, `score`, what an operator needs."""

import argparse
import gc
import json
import os
import sys
import tempfile
from pathlib import Path

from kapjournal.clock import clock_from, moment
from kapjournal.errors import AnswersRefused, KapjournalError, SettingsRefused
from kapjournal.settings import new_secret, read_settings

APP = Path(__file__).resolve().parent.parent / "app.py"
SECRETS = APP.parent / ".streamlit" / "secrets.toml"


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it did what it says, 1 when it found faults, 2 with a sentence when it refuses."""
    options = _parser().parse_args(arguments)
    try:
        found: int | None = options.run(options)
    except KapjournalError as error:
        print(error, file=sys.stderr)
        return 2
    return found or 0


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
    demo.add_argument(
        "--patients",
        type=int,
        default=0,
        help="further patients with a year each who share with the therapist",
    )
    demo.add_argument("--serve", action="store_true", help="then start the server on it")
    demo.set_defaults(run=_demo)
    secret = commands.add_parser("secret", help="print a fresh server secret")
    secret.set_defaults(run=lambda _options: print(new_secret()))
    accept = commands.add_parser(
        "accept-secret", help="go on with another server secret after a restore without the old one"
    )
    accept.set_defaults(run=_accept_secret)
    drop = commands.add_parser(
        "drop-factor", help="take the second factor off an account whose owner lost it"
    )
    drop.add_argument("login", help="its login name; make sure who is asking")
    drop.set_defaults(run=_drop_factor)
    content = commands.add_parser("content", help="look after prompts and crisis lines")
    check = content.add_subparsers(required=True).add_parser(
        "check", help="check all content and print what there is; needs textstat"
    )
    check.add_argument(
        "--folder", type=Path, help="a folder of your own content (default: KAPJOURNAL_CONTENT)"
    )
    check.set_defaults(run=_check_content)
    score = commands.add_parser("score", help="score the answers to a measure; prints JSON")
    score.add_argument("measure", help="such as phq-9, with or without the hyphen")
    score.add_argument(
        "answers", nargs="*", help="codes or scores in the order of the questions, a gate first"
    )
    score.set_defaults(run=_score)
    return parser


def _serve(_options: argparse.Namespace) -> None:
    # What a start makes is kept for good; to look through it again and again takes a tenth of the time.
    gc.disable()
    try:
        from kapjournal.application import application
        from kapjournal.serving import serve

        # Opened here, what is wrong is said before anybody comes, and the first one need not wait.
        settings = application(_secrets).settings
        serve(APP, host=settings.host, port=settings.port, https=settings.https)
    finally:
        gc.enable()


def _demo(options: argparse.Namespace) -> None:
    from kapjournal.demo import fill

    data = options.data or Path(tempfile.mkdtemp(prefix="kapjournal-demo-"))
    os.environ["KAPJOURNAL_DATA"] = str(data)
    people = fill(
        read_settings(os.environ),
        years=options.years,
        canary=options.canary,
        seed=options.seed,
        patients=options.patients,
    )
    print(json.dumps(people), flush=True)
    if options.serve:
        gc.collect()
        _serve(options)


def _accept_secret(_options: argparse.Namespace) -> None:
    from kapjournal.application import accept_secret

    accept_secret(read_settings(os.environ, _secrets()))
    print("The server secret is accepted. Everybody comes back with their recovery code.")


def _drop_factor(options: argparse.Namespace) -> None:
    from kapjournal.application import open_application
    from kapjournal.people.operating import drop_factor

    application = open_application(read_settings(os.environ, _secrets()))
    try:
        drop_factor(application.work(), login=options.login)
    finally:
        application.close()
    print("The second factor is off. Passphrase or recovery code are needed as before.")


def _check_content(options: argparse.Namespace) -> int:
    try:
        from kapjournal.content.check import check
    except ModuleNotFoundError as error:
        print(f"{error}. Install it with: pip install textstat", file=sys.stderr)
        return 2
    today = moment(clock_from(os.environ)(), "UTC").day
    return check(options.folder or read_settings(os.environ, _secrets()).content, today=today)


def _score(options: argparse.Namespace) -> None:
    from kapjournal.application import read_content
    from kapjournal.measures.scoring import in_order, score

    content = read_content(read_settings(os.environ, _secrets()).content)
    measure = content.measure(options.measure)
    if measure is None:
        known = ", ".join(sorted({it.id for it in content.measures}))
        raise AnswersRefused(f"There is no such measure. There is: {known}")
    found = score(measure, in_order(measure, options.answers))
    print(json.dumps(found._asdict()))


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
