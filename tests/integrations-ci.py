#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Writes the shell scripts in docs/integrations/*.yml to files, as their CI would run them.

usage: integrations-ci.py INTEGRATIONS DIRECTORY
"""

import pathlib
import sys

import yaml

CODE = "#!/bin/bash\n# shellcheck disable=SC2154 # assigned in a script before it\n"


def main():
    source, target = map(pathlib.Path, sys.argv[1:])
    target.mkdir()
    workflow = yaml.safe_load((source / "github-workflow.yml").read_text())
    steps = workflow["jobs"]["initcalls"]["steps"]
    for step in steps:
        if "${{" in step.get("run", ""):
            sys.exit(f"github-workflow.yml: {step['name']}: an expression in a script")
        if "run" in step:
            name = step["name"].split(",")[0].lower().replace(" ", "-")
            (target / f"github-{name}.sh").write_text(CODE + step["run"])
    job = yaml.safe_load((source / "gitlab-ci.yml").read_text())["initlint"]
    for key in ("before_script", "script"):
        (target / f"gitlab-{key}.sh").write_text(CODE + "\n".join(job[key]))


if __name__ == "__main__":
    main()
