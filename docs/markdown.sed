# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

# Doxygen reads our pages through this: it does not know the anchors of the
# code host, and has no page for a folder or a file that is not Markdown. Links
# to pages lose their anchor; links to other files become plain words.
s/\.md(#[^)]*)?\)/\x01)/g
s/(^|[^!])\[([^]]+)\]\([^):\x01]+\)/\1\2/g
s/\x01\)/.md)/g
