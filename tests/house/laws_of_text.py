"""The limits of templates, styles, scripts, requirements: each law gives what breaks it."""

import re
import tomllib

LONGEST_TEMPLATE = 60
ALL_SCRIPT_LINES = 1_500


def template_is_short(place: str, text: str) -> list[str]:
    """A template of more than 60 lines is two."""
    lines = text.count("\n")
    return [f"{lines} lines, at most {LONGEST_TEMPLATE}"] if lines > LONGEST_TEMPLATE else []


def no_inline_style_or_script(place: str, text: str) -> list[str]:
    """The Content-Security-Policy refuses style=, <style>, on...= attributes, a <script> with a body."""
    forms = {
        "style attribute": r"<[^>]*\sstyle\s*=",
        "style element": r"<style\b",
        "event attribute": r"<[^>]*\son[a-z]+\s*=",
        "script with a body": r"<script\b(?![^>]*\bsrc=)",
        "script address": r"href\s*=\s*[\"']?javascript:",
    }
    return [label for label, form in forms.items() if re.search(form, text, re.IGNORECASE)]


def no_foreign_host(place: str, text: str) -> list[str]:
    """Nothing is fetched from another host: no font, script, style, picture."""
    form = r"(?:\bsrc\s*=\s*[\"']?|url\(\s*[\"']?|@import\s+[\"']|<link[^>]*href\s*=\s*[\"']?)(?:https?:)?//"
    return ["fetches from another host"] if re.search(form, text, re.IGNORECASE) else []


def css_in_layers(place: str, text: str) -> list[str]:
    """All rules stand inside @layer, so that order, not weight, decides."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    depth, head, problems = 0, "", []
    for letter in bare:
        if letter == "{":
            if depth == 0 and not head.strip().startswith(("@layer", "@font-face", "@page")):
                problems.append(f"“{head.strip()}” stands outside every @layer")
            depth, head = depth + 1, ""
        elif letter == "}":
            depth, head = depth - 1, ""
        else:
            head = "" if letter == ";" else head + letter
    return problems


def requirements_name_no_host(place: str, text: str) -> list[str]:
    """Locked with hashes; no index, host, path named."""
    problems = [
        f"“{found}”" for found in re.findall(r"\S*://\S*|^\s*-{1,2}(?!hash)[a-z]\S*", text, re.MULTILINE)
    ]
    packages = re.findall(r"^[A-Za-z0-9](?:[^\n]*\\\n)*[^\n]*", text, re.MULTILINE)
    problems += [
        f"{package.split()[0]} has no hash" for package in packages if "--hash=sha256:" not in package
    ]
    return problems


def dependencies_say_why(place: str, text: str) -> list[str]:
    """Each dependency of pyproject.toml stands on a line of its own with a comment."""
    project = tomllib.loads(text)["project"]
    wanted = [*project.get("dependencies", [])]
    for extra in project.get("optional-dependencies", {}).values():
        wanted += extra
    lines = [line for line in text.splitlines() if "#" in line]
    said = [line.split("#", 1)[0] for line in lines if len(line.split("#", 1)[1].split()) >= 2]
    return [f"{name} has no comment" for name in wanted if not any(f'"{name}"' in line for line in said)]
