"""Tests of Broadsheet, by kind."""
