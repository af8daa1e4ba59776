"""The MkDocs hook: navigation and words of a language; plain `mkdocs build` gets the records poured in, too."""

import os
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from kb.records.sections import TABS, index
from kb.site.project import OUR_TEMPLATES
from kb.words.language import LANGUAGES, Language, Words


def language_of(config: Any) -> Language:
    """The language of a build: the name of its folder of hand-written pages."""
    name = Path(config["docs_dir"]).name
    return "en" if name == "en" else "ka"


def navigation(words: Words) -> list[dict[str, Any]]:
    """The navigation: a page a tab, or a tab with several pages."""
    tabs: list[dict[str, Any]] = []
    for tab, sections in TABS:
        pages = [{words(f"nav.{section}"): index(section).replace(".html", ".md")} for section in sections]
        tabs.append(pages[0] if len(pages) == 1 else {words(f"nav.{tab}"): pages})
    return tabs


def on_config(config: Any) -> Any:
    """Name the site and its navigation in the language of the build."""
    words = Words(language_of(config))
    config["nav"] = navigation(words)
    config["site_name"] = words("site.title")
    config["theme"]["language"] = words.language
    config["mdx_configs"].setdefault("toc", {})["title"] = words("nav.contents")
    for palette in config["theme"]["palette"]:
        palette["toggle"]["name"] = words("scheme.toggle")
    return config


def on_files(files: Any, config: Any) -> Any:  # noqa: ARG001 - MkDocs calls it with these names
    """Take out what MkDocs would copy as it stands: templates that are filled in without it."""
    for file in [file for file in files if file.src_uri.split("/")[0] in OUR_TEMPLATES]:
        files.remove(file)
    return files


def on_env(env: Any, config: Any, files: Any) -> Any:  # noqa: ARG001 - MkDocs calls it with these names
    """Give the theme's templates our words."""
    words = Words(language_of(config))
    env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}  # \u would double the size of Georgian
    env.globals["kb"] = {"words": words, "other": words.other, "both": {name: Words(name) for name in LANGUAGES}}
    return env


def on_post_build(config: Any) -> None:
    """Under plain MkDocs, pour the Georgian records into what was built; what is wrong ends the build in words."""
    if config["extra"].get("frames_only"):
        return
    # kb.site runs this hook itself, and of the commands only their clock and their words are wanted
    from typer import BadParameter

    from kb.bulletins.stationery.templates import BadTemplate
    from kb.cli.options import Tongue, day, told
    from kb.site.building import ProblemsFound, pour_into
    from kb.site.frames.generator import PagesWrong

    try:
        today = day(os.environ.get("KB_TODAY") or None)
        pour_into(Path(config["site_dir"]), Path(config["config_file_path"]).parent, today)
    except BadParameter as error:
        raise PluginError(f"KB_TODAY: {error.message}") from None
    except (ProblemsFound, PagesWrong, BadTemplate) as error:
        raise PluginError(f"\n{told(error, Tongue.ka, 'networks')}") from None
