"""Every model of every client reads, writes and refuses what its schema says, also those of callbacks."""

from pathlib import Path

from openapi_fuzz import Target, model_tests
from openapi_mock import Mock

SPECS = sorted((Path(__file__).parents[2] / "openapi").glob("*.yaml"))


def target(spec: Path) -> Target:
    return Target(spec, f"{spec.stem}_client", mock=lambda: Mock.from_file(spec))


TestModels = model_tests(*map(target, SPECS))
