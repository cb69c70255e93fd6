#!/usr/bin/env python3
"""Runs the `thuocdo` command from a checkout."""

from thuocdo.config.command import main

if __name__ == "__main__":
    main()
