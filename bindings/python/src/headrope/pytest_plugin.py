# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""The pytest plugin."""
