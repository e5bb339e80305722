"""What nobody can be quicker or smaller than: an empty application, and one that renders a constant page.

Nothing of the product is imported here, for the memory of the process is measured.
"""

import os
from pathlib import Path

from jinja2 import DictLoader, Environment
from litestar import Litestar, get
from litestar.config.compression import CompressionConfig
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template.config import TemplateConfig


def empty() -> Litestar:
    """Return an application that says one word."""
    return Litestar([_word], openapi_config=None)


def constant() -> Litestar:
    """Return an application that renders a template without a variable in it, sent compressed to who asks for it."""
    page = Path(os.environ["VOISITURE_BENCH_PAGE"]).read_text(encoding="utf-8")
    engine = JinjaTemplateEngine(engine_instance=Environment(loader=DictLoader({"page.html": page}), autoescape=True))
    return Litestar(
        [_page],
        template_config=TemplateConfig(instance=engine),
        compression_config=CompressionConfig(backend="gzip"),
        openapi_config=None,
    )


@get("/bench/empty", sync_to_thread=False)
def _word() -> str:
    return "here"


@get("/bench/constant", sync_to_thread=True)
def _page() -> Template:
    return Template("page.html")
