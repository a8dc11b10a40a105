"""The process that decodes: bounded, killable at any moment, the same bytes each time."""

import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from broadsheet.media import darkroom, renditions
from broadsheet.media.orders import Focus, Inspect, Made, MakeRest, Order
from broadsheet.media.renditions import DarkroomFailed, PictureTooLaborious, PictureUnreadable
from broadsheet.media.rights import Rights, packet, segment
from tests.factories.picture_files import a_heic, saved, two_halves

ANSWER_LINES = """
import sys
from broadsheet.media import darkroom, pixels
from broadsheet.media.orders import Inspect

pixels.prepare()
for line in sys.stdin:
    print(type(darkroom.answer(Inspect(), bytes.fromhex(line))).__name__)
"""
RIGHTS = Rights(credit="Ada Novak", copyright="© 2026 Novak")


def a_detailed_picture() -> bytes:
    """Return a picture with edges everywhere, so that encoders have choices to make."""
    image = two_halves(1000, 800)
    for x in range(0, 1000, 17):
        image.paste((x % 256, (7 * x) % 256, 90), (x, (x * 13) % 500, x + 9, (x * 13) % 500 + 300))
    return saved(image, quality=90).getvalue()


def the_rest(folder: Path) -> MakeRest:
    """Return the order for what takes longest."""
    return MakeRest(
        folder=str(folder), packet=packet(RIGHTS), segment=segment(RIGHTS), focus=Focus(0.3, 0.3)
    )


def begun(order: Order, data: bytes, *, on_core: str = "") -> "subprocess.Popen[bytes]":
    """Start a darkroom on an order; on one core of the machine, or wherever it likes."""
    pinned = ["taskset", "-c", on_core] if on_core else []
    process = subprocess.Popen(
        [*pinned, sys.executable, "-m", "broadsheet.media.darkroom"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "VIPS_CONCURRENCY": "7"},
    )
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(order) + b"\n" + data)
    process.stdin.close()
    process.stdin = None
    return process


def done(order: Order, data: bytes, *, on_core: str = "") -> Made:
    """Run a darkroom to its end."""
    said, complaints = begun(order, data, on_core=on_core).communicate()
    assert not complaints
    return msgspec.json.decode(said, type=Made)


def test_two_processes_make_the_same_bytes(tmp_path: Path):
    """On one core or on many, each rendition has the same hash, in every format."""
    data = a_detailed_picture()

    alone = done(the_rest(tmp_path / "a"), data, on_core="0")
    many = done(the_rest(tmp_path / "b"), data)

    assert alone == many
    assert {"avif", "webp", "jpeg"} == {rendition.format for rendition in alone.renditions}


def test_threads_would_change_the_bytes():
    """The broken twin: encoded with another number of threads, an AVIF has other bytes."""
    code = """
import sys, hashlib, pyvips
pyvips.concurrency_set(int(sys.argv[1]))
image = pyvips.Image.new_from_file(sys.argv[2])
print(hashlib.sha256(image.heifsave_buffer(compression="av1", effort=3)).hexdigest())
"""
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(a_detailed_picture())
        file.flush()
        said = {
            subprocess.run(
                [sys.executable, "-c", code, threads, file.name], check=True, capture_output=True
            ).stdout
            for threads in ("1", "7")
        }

    assert 2 == len(said)


def test_a_killed_process_leaves_whole_files_and_can_be_run_again(tmp_path: Path):
    """After a kill each file under a hash has that hash; another run makes what is missing."""
    data = a_detailed_picture()
    whole = done(the_rest(tmp_path / "undisturbed"), data)
    folder = tmp_path / "killed"
    for after in (1, 4):
        process = begun(the_rest(folder), data)
        until_kept(folder, count=after, process=process)
        process.send_signal(signal.SIGKILL)
        process.communicate()

        for path in kept(folder):
            assert path.name == hashlib.sha256(path.read_bytes()).hexdigest()

    assert whole == done(the_rest(folder), data)
    assert {r.sha256 for r in whole.renditions} == {path.name for path in kept(folder)}


def kept(folder: Path) -> list[Path]:
    """Return the files kept so far, without temporary ones."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if not path.name.startswith(".new-")]


def until_kept(folder: Path, *, count: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until so many files are kept, or the process is done."""
    while len(kept(folder)) < count and process.poll() is None:
        time.sleep(0.005)


def test_a_process_that_takes_too_much_memory_is_a_refusal(monkeypatch: pytest.MonkeyPatch):
    """A picture that does not fit into the memory it may take is refused in words."""
    lessened(monkeypatch, "MEMORY_BYTES", 260 * 1024**2)

    with pytest.raises((PictureTooLaborious, PictureUnreadable), match=r"memory|breaks"):
        renditions.inspect(a_progressive_picture(), name="")


def test_a_process_that_takes_too_much_time_is_a_refusal(monkeypatch: pytest.MonkeyPatch):
    """A picture that takes longer than it may is refused in words."""
    monkeypatch.setattr(renditions, "DEADLINE_S", 0.05)

    with pytest.raises(PictureTooLaborious, match="too much time or memory"):
        renditions.inspect(a_progressive_picture(), name="")


def test_with_its_own_limits_the_same_picture_is_fine():
    """The broken twin: it is the limits that refuse."""
    assert 60 == round(renditions.inspect(a_progressive_picture(), name="").megapixels)


def a_progressive_picture() -> io.BytesIO:
    """Return a picture that must be decoded as a whole: 360 MB of coefficients."""
    return saved(two_halves(10_000, 6_000), progressive=True, quality=60)


def lessened(monkeypatch: pytest.MonkeyPatch, name: str, most: int) -> None:
    """Have darkrooms begin with another limit, as a smaller machine would."""
    code = f"from broadsheet.media import darkroom; darkroom.{name} = {most}; darkroom.main()"
    monkeypatch.setattr(renditions, "COMMAND", (sys.executable, "-c", code))


def test_a_decoder_that_crashes_takes_down_its_process_alone(monkeypatch: pytest.MonkeyPatch):
    """When the process dies of a signal, this one goes on, and says so in words."""
    code = "import os; os.kill(os.getpid(), 11)"
    monkeypatch.setattr(renditions, "COMMAND", (sys.executable, "-c", code))

    with pytest.raises(PictureUnreadable, match=r"the program that decodes it \(SIGSEGV\)"):
        renditions.inspect(saved(two_halves(90, 60)), name="")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])
def test_a_process_ended_from_outside_is_not_blamed_on_the_picture(
    monkeypatch: pytest.MonkeyPatch, name: str
):
    """A press that is stopped, or a machine out of memory, says nothing about the file."""
    # A process takes over what its parent ignores: a shell's job SIGINT, nohup's SIGHUP.
    code = (
        "import os, signal; signal.signal(signal.SIGINT, signal.SIG_DFL); "
        "signal.signal(signal.SIGHUP, signal.SIG_DFL); "
        f"os.kill(os.getpid(), signal.{name})"
    )
    monkeypatch.setattr(renditions, "COMMAND", (sys.executable, "-c", code))

    with pytest.raises(DarkroomFailed, match=rf"ended from outside \({name}\)"):
        renditions.inspect(saved(two_halves(90, 60)), name="")


@pytest.mark.parametrize("said", ["", "{", "null"])
def test_an_answer_that_is_none_is_no_fault_of_the_picture(
    monkeypatch: pytest.MonkeyPatch, said: str
):
    """A process that ends well and says nothing, or half of it, is worth trying again."""
    monkeypatch.setattr(renditions, "COMMAND", (sys.executable, "-c", f"print({said!r}, end='')"))

    with pytest.raises(DarkroomFailed, match="no answer"):
        renditions.inspect(saved(two_halves(90, 60)), name="")


def test_a_process_that_uses_up_its_time_says_so(monkeypatch: pytest.MonkeyPatch):
    """The limit of the processor's time ends it by a signal of its own, unlike a kill."""
    code = (
        "from broadsheet.media import darkroom; darkroom.PROCESSOR_S = 1; "
        "darkroom.answer = lambda *_: sum(iter(int, 1)); darkroom.main()"
    )
    monkeypatch.setattr(renditions, "COMMAND", (sys.executable, "-c", code))

    with pytest.raises(PictureTooLaborious, match="too much time or memory"):
        renditions.inspect(saved(two_halves(90, 60)), name="")


def test_a_fault_of_ours_is_not_blamed_on_the_picture(monkeypatch: pytest.MonkeyPatch):
    """An error in our code is raised as what it is, with what the process said."""
    monkeypatch.setattr(renditions, "COMMAND", (sys.executable, "-c", "1 / 0"))

    with pytest.raises(DarkroomFailed, match="ZeroDivisionError") as told:
        renditions.inspect(saved(two_halves(90, 60)), name="")

    assert "Traceback" not in str(told.value)


def test_a_folder_that_cannot_be_written_to_is_not_blamed_on_the_picture(tmp_path: Path):
    """When renditions cannot be kept, the picture is not called damaged: it can be tried again."""
    folder = tmp_path / "renditions"
    folder.write_text("a file where the folder should be")

    with pytest.raises(DarkroomFailed, match="cannot keep a rendition in"):
        renditions.make_first(saved(two_halves(90, 60)), folder=folder, rights=RIGHTS)


def test_the_process_knows_no_secrets(monkeypatch: pytest.MonkeyPatch):
    """What the environment tells us, the process that decodes strangers' files is not told."""
    monkeypatch.setenv("BROADSHEET_SECRET", "x")
    code = "import os, sys; sys.exit(' '.join(sorted(os.environ)))"
    monkeypatch.setattr(renditions, "COMMAND", (sys.executable, "-c", code))

    with pytest.raises(DarkroomFailed) as told:
        renditions.inspect(saved(two_halves(90, 60)), name="")

    assert "PYTHONPATH" in str(told.value)
    assert "SECRET" not in str(told.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIC"])
def test_damage_of_any_kind_is_a_refusal_or_a_picture(kind: str):
    """Whatever bytes are changed, in any format, nothing else comes of it."""
    chance = random.Random(kind)
    image = Image.effect_noise((120, 80), 60).convert("RGB")
    whole = (a_heic(image) if kind == "HEIC" else saved(image, kind)).getvalue()
    lines = [damaged(whole, chance).hex() for _ in range(40)]

    done = subprocess.run(
        [sys.executable, "-c", ANSWER_LINES],
        input="\n".join(lines),
        text=True,
        capture_output=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    assert {"Inspected", "Refused"} >= set(done.stdout.split())
    assert 40 == len(done.stdout.split())


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes changed, most of them near its beginning."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        end = chance.choice([len(data), min(len(data), 600)])
        data[chance.randrange(end)] = chance.choice([0, 1, 127, 128, 255])
    return bytes(data)


def test_orders_are_answered_without_a_process_too():
    """What the process does is a plain function of the order and the file."""
    answer = darkroom.answer(Inspect(), saved(two_halves(900, 60)).getvalue())

    assert (900, 60) == (answer.width_px, answer.height_px)
