"""The container files: not run here, and held to what docs/operations.md says of them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.__main__ import app as monitor_app
from responders.__main__ import app as responders_app

ROOT = Path(__file__).parent.parent
OURS = ("migrate", "monitor", "responders")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def dockerfile() -> list[tuple[str, str]]:
    """The instructions with what follows each, comments left out."""
    text = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8")))
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in text.splitlines() if line.strip()]


def test_the_image_ends_as_a_user_of_its_own_with_a_health_check(dockerfile: list[tuple[str, str]]) -> None:
    names = [name for name, _ in dockerfile]
    user = [rest for name, rest in dockerfile if name == "USER"]

    assert "FROM" == names[0]
    assert ["10001"] == user
    assert names.index("USER") > max(at for at, name in enumerate(names) if name == "RUN")
    assert "/health" in next(rest for name, rest in dockerfile if name == "HEALTHCHECK")


def test_what_the_image_copies_is_there_and_let_through_and_nothing_else_is(dockerfile: list[tuple[str, str]]) -> None:
    copied = {source for name, rest in dockerfile if name == "COPY" for source in shlex.split(rest)[:-1]}
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}

    assert copied == let_through
    assert [] == [source for source in copied if not (ROOT / source).exists()]


def test_every_container_runs_without_root_or_a_writable_root(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert {"database", *OURS} == set(services)
    for name, service in services.items():
        assert service["read_only"] is True
        assert ["ALL"] == service["cap_drop"]
        assert ["no-new-privileges:true"] == service["security_opt"]
        assert {"mem_limit", "pids_limit", "cpus"} <= service.keys()
        assert "ports" not in service
        assert "cap_add" not in service or name == "database"
    assert {"10001:10001"} == {services[name]["user"] for name in OURS}


def test_the_process_that_listens_is_never_given_what_the_other_may_write_with(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert [["monitor.env"], ["monitor.env"], ["responders.env"]] == [services[name]["env_file"] for name in OURS]


def test_nothing_starts_before_the_database_is_well_and_of_this_version(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert {"database": {"condition": "service_healthy"}} == services["migrate"]["depends_on"]
    for name in ("monitor", "responders"):
        assert {"migrate": {"condition": "service_completed_successfully"}} == services[name]["depends_on"]
    assert "pg_isready" in services["database"]["healthcheck"]["test"]


def test_the_commands_of_the_containers_exist(compose: dict[str, Any]) -> None:
    apps = {"monitor": monitor_app, "responders": responders_app}
    for name in OURS:
        program, command, *_ = compose["services"][name]["command"]

        assert command in {found.name or str(found.callback and found.callback.__name__) for found in apps[program].registered_commands}


def test_the_page_says_that_nobody_ran_them() -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")

    assert "were linted and not run" in page
