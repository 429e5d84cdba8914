from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.reading.licences import identify_licence, normalise_expression

MIT = (
    "Permission is hereby granted, free of charge, to any person obtaining a\n  copy ... sell copies ...\n"
    "The above copyright notice and this permission notice shall be included"
)
BSD2 = "Redistribution and use in source and binary forms, ...\n* Redistributions of source code must retain ..."
BSD3 = BSD2 + "\n* Neither the name of X nor the names of its contributors may be used to endorse or promote ..."
ISC = "Permission to use, copy, modify, and/or distribute this software for any purpose ... is hereby granted"
GPL3 = "GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007\n ..."
GPL_ADVICE = (
    "\nHow to Apply: ... redistribute it under the terms of the GNU General Public License as published by\n"
    "the Free Software Foundation, either version 3 of the License, or (at your option) any later version."
)
NOTICE = (
    "X is free software: you can redistribute it and/or modify it under the terms of the GNU {} License as\n"
    "published by the Free Software Foundation, either version {} of the License, or any later version.\n"
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(MIT, "MIT", id="MIT"),
        pytest.param("> " + MIT.replace("\n", "\n> "), "MIT", id="MIT as a quotation"),
        pytest.param(MIT.partition("The above")[0], "MIT-0", id="MIT-0"),
        pytest.param(BSD2, "BSD-2-Clause", id="BSD-2"),
        pytest.param(BSD3, "BSD-3-Clause", id="BSD-3"),
        pytest.param(
            BSD2 + " * The names of the contributors may not be used to endorse ...", "BSD-3-Clause", id="BSD-3 variant"
        ),
        pytest.param(BSD3 + " All advertising materials mentioning features ...", "BSD-4-Clause", id="BSD-4"),
        pytest.param(
            BSD3 + " NO EXPRESS OR IMPLIED LICENSES TO ANY PARTY'S PATENT RIGHTS ...", "BSD-3-Clause-Clear", id="Clear"
        ),
        pytest.param(ISC + ", provided that the above copyright notice ...", "ISC", id="ISC"),
        pytest.param(ISC + ".", "0BSD", id="0BSD"),
        pytest.param(
            "Apache License\nVersion 2.0, January 2004\nTERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
            "Apache-2.0",
            id="Apache",
        ),
        pytest.param("Licensed under the Apache License, Version 2.0 (the ...", "Apache-2.0", id="Apache notice"),
        pytest.param(GPL3 + GPL_ADVICE, "GPL-3.0-only", id="GPL text"),
        pytest.param(NOTICE.format("General Public", 3) + GPL3 + GPL_ADVICE, "GPL-3.0-or-later", id="GPL with notice"),
        pytest.param(NOTICE.format("Affero General Public", 3), "AGPL-3.0-or-later", id="AGPL notice"),
        pytest.param(
            "GNU LESSER GENERAL PUBLIC LICENSE Version 3, 29 June 2007\n" + GPL3, "LGPL-3.0-only", id="LGPL-3"
        ),
        pytest.param("GNU LESSER GENERAL PUBLIC LICENSE Version 2.1, February 1999", "LGPL-2.1-only", id="LGPL-2.1"),
        pytest.param("GNU GENERAL PUBLIC LICENSE Version 2, June 1991", "GPL-2.0-only", id="GPL-2"),
        pytest.param("Mozilla Public License Version 2.0\n1. Definitions", "MPL-2.0", id="MPL"),
        pytest.param("This is free and unencumbered software released into the public domain.", "Unlicense", id="Unl"),
        pytest.param("CC0 1.0 Universal", "CC0-1.0", id="CC0"),
        pytest.param("Creative Commons Attribution 4.0 International", "CC-BY-4.0", id="CC-BY"),
        pytest.param("Boost Software License - Version 1.0 - August 17th, 2003", "BSL-1.0", id="BSL"),
        pytest.param("2. Altered source versions must be plainly marked as such, and ...", "Zlib", id="Zlib"),
        pytest.param("Eclipse Public License - v 2.0", "EPL-2.0", id="EPL"),
        pytest.param("EUROPEAN UNION PUBLIC LICENCE v. 1.2", "EUPL-1.2", id="EUPL"),
        pytest.param("DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE", "WTFPL", id="WTFPL"),
        pytest.param("The Artistic License 2.0", "Artistic-2.0", id="Artistic"),
        pytest.param("Mulan Permissive Software License\uff0cVersion 2", "MulanPSL-2.0", id="Mulan"),
        pytest.param("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2", "PSF-2.0", id="PSF"),
        pytest.param(MIT + "\n\nBundled part:\n" + BSD3, "MIT AND BSD-3-Clause", id="two"),
        pytest.param("You may choose, dual-licensed:\n" + MIT + "\n" + ISC + ".", "MIT OR 0BSD", id="a choice"),
        pytest.param("SPDX-License-Identifier: MIT OR Apache-2.0\n", "MIT OR Apache-2.0", id="SPDX tag"),
        pytest.param(
            "Files: *\nCopyright: x\nLicense: BSD-3-Clause\n\nFiles: a\nLicense: MIT\n", "BSD-3-Clause", id="DEP-5"
        ),
        pytest.param("Released under the MIT license, see example.org", "MIT", id="mention"),
        pytest.param("All rights reserved.", "", id="none"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_licence_is_told_by_its_sentences(text: str, name: str) -> None:
    assert identify_licence(text) == name


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("MIT", "MIT"),
        ("mit", "MIT"),
        ("The MIT License", "MIT"),
        ("MIT License", "MIT"),
        ("Apache 2.0", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("BSD 3-Clause License", "BSD-3-Clause"),
        ("GPLv3+", "GPL-3.0-or-later"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("GNU Lesser General Public License v2.1 or later", "LGPL-2.1-or-later"),
        ("License :: OSI Approved :: GNU General Public License v2 (GPLv2)", "GPL-2.0-only"),
        ("License :: OSI Approved :: MIT License", "MIT"),
        ("License :: OSI Approved :: ISC License (ISCL)", "ISC"),
        ("(mit or apache-2.0) and BSD-3-Clause", "(MIT OR Apache-2.0) AND BSD-3-Clause"),
        ("MIT AND", ""),
        ("MIT MIT", ""),
        ("License :: OSI Approved :: BSD License", ""),
        ("License :: OSI Approved :: Apache Software License", ""),
        ("BSD", ""),
        ("GPL", ""),
        ("Proprietary", ""),
        ("", ""),
    ],
)
def test_metadata_is_understood_or_left_open(text: str, expression: str) -> None:
    assert normalise_expression(text) == expression


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(identify_licence(text), str)
    assert isinstance(normalise_expression(text), str)
