"""Thước Đo: from directives to confirmed results."""
