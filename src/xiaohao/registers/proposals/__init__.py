"""Proposals (提案): from submission to the answer that satisfies."""
