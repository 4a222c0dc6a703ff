"""Rendering of a package by the generator library, with our context and templates."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.schema import ParameterLocation

from generator.context import RUNTIME_NAMES, Context
from generator.docstrings import docstring, fill, sentence
from generator.document import Document, Json, Problem, SpecError
from generator.errors import error_statuses, failure_classes, general_errors
from generator.models import PREFIX
from generator.normalize import content_types

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
# The repr of text that the library wraps in an object.
_ADDRESS = re.compile(r"<\S+ object at 0x[0-9a-f]+> ?")
# The library's own clients cannot write dates, arrays and objects as headers; ours write them as text.
PropertyProtocol._allowed_locations.add(ParameterLocation.HEADER)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def render(document: Document, spec: Json, folder: Path, package: str) -> None:
    """Write the package of a spec into a folder, not yet formatted.

    Raises:
        SpecError: The library reports an error or a warning.
    """
    config = _config(document, spec, folder, package)
    try:
        data = GeneratorData.from_dict(spec, config=config)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise document.error(f"the generator library cannot read it: {error}") from error
    if isinstance(data, GeneratorError):
        raise SpecError(document.source, [_problem(data)])
    ClientPackage(document, spec, data, config).build()


def _config(document: Document, spec: Json, folder: Path, package: str) -> Config:
    settings = ConfigFile(
        package_name_override=package,
        field_prefix=PREFIX,
        content_type_overrides=content_types(spec),
        class_overrides={
            name: ClassOverride.model_validate({"class_name": f"{name}Model"}) for name in RUNTIME_NAMES
        },
        post_hooks=[],
    )
    return Config.from_sources(
        settings,
        meta_type=MetaType.NONE,
        document_source=Path(document.source),
        file_encoding="utf-8",
        overwrite=True,
        output_path=folder,
    )


def _problem(error: GeneratorError) -> Problem:
    said = " ".join(" ".join(part.split()) for part in (error.header, error.detail) if part)
    said = _ADDRESS.sub("", said)
    data = getattr(error, "data", None)
    if isinstance(error, ParseError) and data is not None:
        said += f" (in: {data.model_dump_json(by_alias=True, exclude_unset=True)[:300]})"
    return Problem(said)


class ClientPackage(Project):
    """The library's project with our own layout."""

    def __init__(self, document: Document, spec: Json, data: GeneratorData, config: Config) -> None:
        super().__init__(openapi=data, config=config, custom_template_path=TEMPLATES)
        self.document = document
        self.spec = spec
        self.context = Context(document, spec, data)
        self.env.filters["literal"] = literal

    def build(self) -> list[GeneratorError]:
        """Write all files.

        Raises:
            SpecError: The library has left something out.
        """
        complaints = self._get_errors()
        if complaints:
            raise SpecError(self.document.source, [_problem(each) for each in complaints])
        self.package_dir.mkdir(parents=True)
        self._create_package()
        self._build_models()
        self._build_api()
        return []

    def write(self, path: str, template: str, **context: Any) -> None:
        """Render one file."""
        target = self.package_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise self.document.error(f"two parts of this spec would both be {path}: rename one")
        text = self.env.get_template(template).render(**context)
        target.write_text(text, encoding="utf-8", newline="\n")

    def _create_package(self) -> None:
        info = self.spec["info"]
        text = f"{info['title']}: a typed client, synchronous and asynchronous."
        about = fill(sentence(info.get("description")), 0)
        self.write(
            "__init__.py",
            "package_init.py.jinja",
            docstring=docstring(f"{text}\n\n{about}", 0),
            version=info["version"],
        )
        self.write(
            "errors.py",
            "errors.py.jinja",
            statuses=error_statuses(self.spec),
            failures=failure_classes(self.spec),
            general_errors=general_errors(self.spec),
        )
        (self.package_dir / "py.typed").touch()

    def _build_models(self) -> None:
        models, enums = self.context.models(), self.context.enums()
        for model in models:
            self.write(f"models/{model.module}.py", "model.py.jinja", model=model)
        for enum in enums:
            self.write(f"models/{enum.module}.py", "enum.py.jinja", enum=enum)
        classes = [(each.name, each.module) for each in models] + [(each.name, each.module) for each in enums]
        self.write("models/__init__.py", "models_init.py.jinja", classes=sorted(classes))

    def _build_api(self) -> None:
        tags = self.context.tags()
        title = docstring(f"The operations of {self.spec['info']['title']}, by subject.", 0)
        self.write("api/__init__.py", "api_init.py.jinja", tags=tags, docstring=title)
        for tag in tags:
            self.write(f"api/{tag.module}/__init__.py", "endpoint_init.py.jinja", tag=tag)
            for operation in tag.operations:
                path = f"api/{tag.module}/{operation.module}.py"
                self.write(path, "endpoint_module.py.jinja", operation=operation)


def literal(value: Any) -> str:
    """Return a value as Python source, in which nothing from a spec can end a literal early."""
    return repr(str(value)) if isinstance(value, str) else repr(value)
