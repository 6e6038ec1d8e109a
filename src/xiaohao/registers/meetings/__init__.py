"""Meetings that decide (三重一大): quorum, recusal, order of speaking, votes, minutes, what follows."""
