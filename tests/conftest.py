"""What all tests share: the golden switch with its guard, hypothesis profiles, and the shared material where it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import postgresql_server
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

sys.path.insert(0, str(Path(__file__).resolve().parent))

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

hypothesis_settings.register_profile(
    "quick", max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("long", max_examples=1000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden records instead of comparing")


def refuse_golden_update(asked: bool, in_ci: bool) -> None:
    """Golden records are rewritten by a person who reads the difference, never by CI."""
    if asked and in_ci:
        raise pytest.UsageError("--update-golden is not for CI: run it by hand and read the difference")


def pytest_configure(config: pytest.Config) -> None:
    refuse_golden_update(bool(config.getoption("--update-golden")), bool(os.environ.get("CI")))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden records are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material that is shared between the projects, beside the checkout."""
    assert SHARED.is_dir(), f"the shared material belongs in {SHARED}"
    return SHARED


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_server.Server]:
    """A server for one session of tests; it starts when the first test asks for it."""
    with postgresql_server.server() as running:
        yield running
